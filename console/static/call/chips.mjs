// What kind of call it is, told by a drawing and a word: eCall, text, test, first in line, suspected; and why.
import { html } from "/npm/htm/preact/standalone.module.js";
import { Icon } from "../shared/icons.mjs";
import { has, locale, say, t } from "../shared/i18n.mjs";

/** @param {Api.Call} call */
export const service = (call) => (has(`service.${call.service}`) ? t(`service.${call.service}`) : call.service);
/** @param {string} queue */
export const queueName = (queue) => (has(`service.sos.${queue}`) ? t(`service.sos.${queue}`) : queue);
/** @param {Api.Call} call */
export const isText = (call) => !call.media.split(" ").includes("audio");

/** What a telephone says of its language may be anything; only a tag has a name (RFC 5646), and the rest stands as it came.
 * @param {string} code */
const tongue = (code) => {
  const tag = /^[a-z]{2,8}(?![^-_])/i.exec(code)?.[0];
  return tag ? new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(tag) : code;
};

/** [icon, words, tone] of each thing that sets a call apart.
 * @param {Api.Call} call
 * @returns {Iterable<[icon: keyof typeof import("../shared/icons.mjs").PATHS, words: Children, tone: string]>} */
function* kinds(call) {
  if (call.test) yield ["test", t("kind.test"), ""];
  if (call.direction === "out") yield ["out", t(call.callback_of ? "kind.callback" : "kind.out"), "on"];
  if (call.service.startsWith("sos.ecall")) yield ["car", service(call), "bad"];
  if (isText(call)) yield ["text", t("kind.text"), "on"];
  else if (call.media.includes("text")) yield ["text", t("kind.both"), "on"];
  if (call.urgent && call.urgent !== "ecall") yield ["up", t(`urgent.${call.urgent}`), "bad"];
  const first = call.languages[0];
  if (first && !first.startsWith("id")) yield ["globe", html`<span translate=${false}>${tongue(first)}</span>`, "on"];
}

/** The chips of a call, nothing for an ordinary one; `silent` is left out where it is said larger.
 * @param {{ call: Api.Call, silent?: boolean, children?: Children }} props */
export function Kinds({ call, silent = true, children }) {
  const shown = [...kinds(call)];
  const quiet = silent && call.silent_since > 0;
  if (!shown.length && !call.suspected && !quiet && !children) return null;
  return html`<p class="kinds">${shown.map(([icon, words, tone]) => html`<span class="chip ${tone}" key=${icon}><${Icon} name=${icon} /> ${words}</span>`)}
    ${quiet && html`<span class="chip warn"><${Icon} name="silent" /> ${t("silent")}</span>`}
    ${call.suspected && html`<span class="chip suspect"><${Icon} name="ghost" /> ${t("suspected_of", { percent: Math.round(call.score * 100) })}</span>`}${children}</p>`;
}

/** Why a score is what it is, the weightiest first.
 * @param {{ call: Api.Call, most?: number }} props */
export function Reasons({ call, most = 4 }) {
  const reasons = [...call.score_reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most);
  if (!reasons.length) return null;
  return html`<ul class="reasons" aria-label=${t("score_why")}>${reasons.map(
    (one) => html`<li key=${one.text.code} class=${one.weight > 0 ? "against" : "for"}>
    <span class="sign" aria-hidden="true">${one.weight > 0 ? "+" : "−"}</span><span>${say(one.text)}</span></li>`,
  )}</ul>`;
}
