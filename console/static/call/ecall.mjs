// What a vehicle that called says of itself (eCall): which way it went, who is in it, what drives it.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Does } from "../shared/does.mjs";
import { Icon } from "../shared/icons.mjs";
import { clock, has, t } from "../shared/i18n.mjs";
import { attempt, myCall, mySeat } from "../shared/store.mjs";
import { Dotted } from "../shared/parts.mjs";

const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
/** @param {number} degrees */
const wind = (degrees) => t(`wind.${WINDS[Math.round(degrees / 45) % 8]}`);
/** @param {string} family @param {string} value */
const named = (family, value) => (has(`${family}.${value}`) ? t(`${family}.${value}`) : value);
// A hydrogen tank or a high-voltage battery is for the crew to know before they cut.
const HAZARDS = ["cng", "lpg", "electric", "hydrogen"];

/** @param {{ degrees: number }} props */
const Heading = ({
  degrees,
}) => html`<span class="heading"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><g transform=${`rotate(${degrees} 12 12)`}><path d="M12 2l6 18-6-4-6 4z" /></g></svg>
  <strong>${wind(degrees)}</strong> <span class="num soft">${Math.round(degrees)}°</span></span>`;

/** @param {Api.Call | undefined} call
 * @returns {call is Api.Call} */
const canAsk = (call) =>
  call?.state === "talking" && call.position === mySeat()?.id && (!!call.msd || call.service.startsWith("sos.ecall"));

/** Asks the vehicle that I am talking with for its data anew. */
export const askVehicle = () => {
  const call = myCall();
  return canAsk(call) ? attempt(() => command("RequestMsd", { call: call.id })) : undefined;
};

/** The card of the vehicle; nothing for a call that brought no such data.
 * @param {{ call: Api.Call }} props */
export function Vehicle({ call }) {
  const msd = call.msd;
  const asks = canAsk(call);
  if (!msd && !asks) return null;
  return html`<section class="vehicle" aria-label=${t("vehicle")}>
    <div class="row spread"><h3><${Icon} name="car" /> ${t("vehicle")}</h3>${asks && html`<${Does} does=${askVehicle}>${t("msd_again")} <kbd>Alt V</kbd></${Does}>`}</div>
    ${
      msd
        ? html`<dl>
      <dt>${t("msd_trigger")}</dt><dd><${Dotted} of=${[t(msd.automatic ? "msd_automatic" : "msd_manual"), msd.test && t("kind.test")]} /></dd>
      <dt>${t("msd_heading")}</dt><dd>${msd.heading === null ? t("msd_unknown") : html`<${Heading} degrees=${msd.heading} />`}</dd>
      <dt>${t("msd_occupants")}</dt><dd class="num">${msd.occupants ?? t("msd_unknown")}</dd>
      <dt>${t("msd_kind")}</dt><dd><span>${named("vehicle", msd.vehicle[0])}</span> <span class="soft" translate=${false}>${msd.vehicle}</span></dd>
      <dt>${t("msd_propulsion")}</dt><dd>${msd.propulsion.map((one) => html`<span key=${one} class="chip ${HAZARDS.includes(one) ? "bad" : ""}">${t(`propulsion.${one}`)}</span> `)}${msd.propulsion.length ? "" : t("msd_unknown")}</dd>
      <dt>${t("msd_vin")}</dt><dd class="num" translate=${false}>${msd.vin}</dd>
      ${msd.at > 0 && html`<dt>${t("msd_at")}</dt><dd class="num">${clock(msd.at)}</dd>`}</dl>
      ${!msd.trusted && html`<p class="stripe warn">${t("msd_untrusted")}</p>`}`
        : html`<p class="soft">${t("msd_none")}</p>`
    }</section>`;
}
