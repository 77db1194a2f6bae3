// Alarms, those of one incident together: five units that do not answer are one trouble, not five.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "./api.mjs";
import { Does } from "./does.mjs";
import { clock, say, t } from "./i18n.mjs";
import { attempt, feed } from "./store.mjs";

/** @param {Api.Alarm[]} alarms */
const clear = async (alarms) => {
  for (const one of alarms) await attempt(() => command("ClearAlarm", { alarm: one.id }));
};

/** What a caller's page sent after the call had ended: dispatch/policy/places/location_link.py names the alarm so.
 * @param {Api.Alarm} alarm
 * @returns {Api.Call | undefined} */
const callOf = (alarm) => feed.board.calls[alarm.id.startsWith("link-") ? alarm.id.slice(5) : ""];

/** `open({incident})` or `open({call, incident})` shows what an alarm is about; without it there is no such button. `without(alarm)` holds
 * for those that stand elsewhere on the page.
 * @param {{ open?: ((about: { call?: string, incident?: string }) => void) | null, without?: (alarm: Api.Alarm) => boolean }} props */
export function Alarms({ open = null, without = () => false }) {
  /** @type {Map<string, Api.Alarm[]>} */
  const groups = new Map();
  for (const alarm of Object.values(feed.board.alarms)) {
    if (without(alarm)) continue;
    const key = alarm.incident || alarm.id;
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  const level = (/** @type {Api.Alarm[]} */ alarms) => (alarms.some((one) => one.level === "critical") ? "critical" : "warning");
  return html`<section class="alarms" aria-live="assertive" aria-label=${t("alarms")}>
    ${[...groups].map(
      ([key, alarms]) => html`<div class="alarm ${level(alarms)}" key=${key} role="alert">
      <div class="row spread"><strong>${t("alarms")}</strong><span>
        ${
          open &&
          alarms
            .map(callOf)
            .filter((call) => call !== undefined)
            .map(
              (call) =>
                html`<button key=${call.id} class="quiet" onClick=${() => open({ call: call.id, incident: call.incident })}>${t("open_call")}</button>`,
            )
        }
        ${open && alarms[0].incident && html`<button class="quiet" translate=${false} onClick=${() => open({ incident: alarms[0].incident })}>${alarms[0].incident}</button>`}
        <${Does} class="quiet" does=${() => clear(alarms)}>${alarms.length > 1 ? t("clear_all", { n: alarms.length }) : t("clear")}</${Does}></span></div>
      ${alarms.map((one) => html`<p key=${one.id}><strong class="num">${clock(one.since)}</strong> ${say(one.text)}</p>`)}</div>`,
    )}
  </section>`;
}
