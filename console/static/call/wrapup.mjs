// After a call: what it was. It is asked of whoever had the call, before anything else, and answered with one key.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Does } from "../shared/does.mjs";
import { age, clock, number, t } from "../shared/i18n.mjs";
import { attempt, feed, mySeat, ui } from "../shared/store.mjs";

/** @type {Api.DisposeCall["disposition"][]} */
const DISPOSITIONS = ["emergency", "information", "prank", "ghost", "test"];

/** The call that ended last of those that this person had and has not classified yet. */
export const unclassified = () =>
  Object.values(feed.board.calls)
    .filter(
      (call) =>
        call.state === "ended" && call.answered && call.direction === "in" && !call.test && !call.disposition && call.user === ui.me,
    )
    .sort((a, b) => b.ended - a.ended)[0];

/** @param {Api.Call} call @param {Api.DisposeCall["disposition"]} disposition */
const dispose = (call, disposition) => attempt(() => command("DisposeCall", { call: call.id, disposition }));

/** @param {number} n */
export function classifyByKey(n) {
  const call = unclassified();
  if (call && DISPOSITIONS[n - 1]) dispose(call, DISPOSITIONS[n - 1]);
}

/** @param {{ call: Api.Call }} props */
export function WrapUp({ call }) {
  return html`<section class="card classify" aria-label=${t("disposition")} aria-live="assertive">
    <h2>${t("disposition")}</h2>
    <p class="row spread wrap"><strong class="num" translate=${!call.caller}>${number(call.caller)}</strong><span class="num soft">${clock(call.received)}–${clock(call.ended)} · ${age(call.ended - call.answered)}</span></p>
    <div class="choices">${DISPOSITIONS.map((name, n) => html`<${Does} key=${name} class=${name} does=${() => dispose(call, name)}><kbd>${n + 1}</kbd> ${t(`disp.${name}`)}</${Does}>`)}</div>
    <p class="soft"><span>${t("disposition_keys")}</span> ${mySeat()?.wrapping === call.id && html`<span>${t("wrapping_why")}</span>`}</p>
  </section>`;
}
