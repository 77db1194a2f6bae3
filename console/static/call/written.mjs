// What is written in a call instead of said: real-time text, messages, and lines from the caller's page.
import { html, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { Problem, command, problemFrom } from "../shared/api.mjs";
import { isText } from "./chips.mjs";
import { Sending, silent } from "../shared/does.mjs";
import { begin, change, find, flush, sentAs } from "../shared/drafts.mjs";
import { clock, t } from "../shared/i18n.mjs";
import { isOpen } from "./location_link.mjs";
import { attempt, feed, mySeat, redraw } from "../shared/store.mjs";

/** Words that nobody answered and that were changed since are refused when the first ones have been sent after all: these
 * are taken off, and the rest is another answer.
 * @param {Draft} draft @param {Api.Call} call @param {string} text */
async function sentOnce(draft, call, text) {
  draft.tried ||= text;
  try {
    return await command("SendText", { call: call.id, text }, draft.key);
  } catch (caught) {
    const wrong = problemFrom(caught);
    if (wrong.undecided) throw wrong;
    const before = draft.tried;
    draft.tried = "";
    if (wrong.status !== 422) throw wrong;
    await sentAs(draft, before);
    throw new Problem(422, t("written_before"));
  }
}

/** The lines of a call, and a field for the answer while it is this position's; nothing where nobody writes.
 * @param {{ call: Api.Call }} props */
export function Written({ call }) {
  /** @type {Api.GivenAbout} */
  const about = { kind: "answer", call: call.id };
  const draft = find(about);
  const end = useRef(/** @type {HTMLElement | null} */ (null));
  const lines = call.lines;
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);
  const mine = call.state === "talking" && call.position === mySeat()?.id;
  const answers = isOpen(feed.board.links[call.id]) || (mine && (lines.length || call.media.includes("text")));
  if (!lines.length && !answers && !isText(call)) return null;
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const typed = find(about); // of now: what is drawn may be a frame behind what was typed
    const text = typed?.words.note.trim();
    if (!typed || !text || typed.sending) return;
    typed.sending = performance.now();
    redraw();
    await flush(typed);
    if ((await attempt(() => sentOnce(typed, call, text))) !== null) await sentAs(typed, text);
    typed.sending = 0;
    redraw();
  };
  return html`<section class="written" aria-label=${t("written")}>
    <h3>${t("written")}</h3>
    <div role="log" tabindex="0" aria-label=${t("written")}><ol>${lines.map((line, n) => html`<li key=${n} class=${line.by ? "ours" : ""}><span class="soft num">${clock(line.at)}</span> <span class="soft" translate=${!line.by}>${line.by || t("caller")}</span><p translate=${false}>${line.text}</p></li>`)}<li ref=${end} aria-hidden="true"></li></ol></div>
    ${
      answers &&
      html`<form class="row" onSubmit=${send}><input value=${draft?.words.note ?? ""} maxlength="2000" autocomplete="off" aria-label=${t("write_answer")} placeholder=${t("write_answer")} onInput=${(event) => change(begin(about), { note: event.target.value })} />
      <button class="primary" aria-disabled=${silent()}>${t("send")}${draft && draft.sending > 0 && html`<${Sending} since=${draft.sending} />`}</button></form>`
    }</section>`;
}
