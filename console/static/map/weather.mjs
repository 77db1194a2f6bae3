// Rain and the water's height as rankings use them, and what a dispatcher says of them.
import { html, useEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get } from "../shared/api.mjs";
import { clock, locale, may, t } from "../shared/i18n.mjs";
import { Does } from "../shared/does.mjs";
import { feed } from "../shared/store.mjs";
import { useText } from "../shared/texts.mjs";

const maySay = may("SetConditions");
/** @param {number} m */
const metres = (m) => t("weather.metres", { m: m.toLocaleString(locale, { maximumFractionDigits: 1 }) });

export function Weather() {
  const said = feed.board.conditions.now;
  const [now, setNow] = useState(/** @type {Api.WaysNow | null} */ (null));
  const [tide, setTide] = useText("tide");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let gone = false;
    get("/api/v1/conditions")
      .then((found) => !gone && setNow(found))
      .catch((wrong) => !gone && setProblem(wrong.message));
    return () => {
      gone = true;
    };
  }, [said]);
  // Each thing is said together with the other as it stands; the clock takes both back.
  const say = (/** @type {Partial<Api.FieldsOf<"SetConditions">>} */ fields) =>
    command("SetConditions", { rain: said?.rain ?? false, tide_m: said?.tide_m ?? null, ...fields }).then(
      () => {
        setProblem("");
        setTide("");
      },
      (wrong) => setProblem(wrong.message),
    );
  const water = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const value = Number(tide.replace(",", "."));
    if (tide && Number.isFinite(value)) say({ tide_m: value });
  };
  return html`<section class="weather" aria-label=${t("weather")}>
    <div class="row wrap"><label class="check"><input type="checkbox" disabled=${!maySay || !feed.connected} checked=${!!said?.rain} onChange=${() => say({ rain: !said?.rain })} /> ${t("weather.rain")}</label>
      <span><span>${t("weather.tide")}</span>: <strong class="num">${now && now.tide_m !== null ? metres(now.tide_m) : t("weather.unknown")}</strong> ${now?.tide_from && html`<span class="soft">(${t(`weather.from.${now.tide_from}`)})</span>`}</span>
      ${
        maySay &&
        html`<form class="row" onSubmit=${water}><input class="tide" inputmode="decimal" aria-label=${t("weather.set_tide")} placeholder="1,5" value=${tide} onInput=${(event) => setTide(event.target.value)} /><button disabled=${!tide || !feed.connected}>${t("weather.set")}</button>
        ${said && html`<${Does} class="quiet" does=${() => say({ rain: false, tide_m: null })}>${t("weather.back")}</${Does}>`}</form>`
      }</div>
    ${said && html`<p class="soft">${t("weather.until", { by: said.by, time: clock(said.until).slice(0, 5) })}</p>`}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}</section>`;
}
