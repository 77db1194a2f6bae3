// What is written in a call instead of said: real-time text, messages, and lines from the caller's page.
import { html, useEffect, useRef, useState } from "/npm/htm/preact/standalone.module.js";
import { command } from "./api.mjs";
import { isText } from "./chips.mjs";
import { clock, t } from "./i18n.mjs";
import { isOpen } from "./location_link.mjs";
import { attempt, feed, mySeat } from "./store.mjs";

/** The lines of a call, and a field for the answer while it is this position's; nothing where nobody writes. */
export function Written({ call }) {
  const [text, setText] = useState("");
  const end = useRef(null);
  const lines = call.lines;
  useEffect(() => { end.current?.scrollIntoView({ block: "nearest" }); }, [lines.length]);
  const mine = call.state === "talking" && call.position === mySeat()?.id;
  const answers = isOpen(feed.board.links[call.id]) || (mine && (lines.length || call.media.includes("text")));
  if (!lines.length && !answers && !isText(call)) return null;
  const send = async (event) => {
    event.preventDefault();
    if (text.trim() && await attempt(() => command("SendText", { call: call.id, text: text.trim() })) !== null) setText("");
  };
  return html`<section class="written" aria-label=${t("written")}>
    <h3>${t("written")}</h3>
    <div role="log" tabindex="0" aria-label=${t("written")}><ol>${lines.map((line, n) => html`<li key=${n} class=${line.by ? "ours" : ""}><span class="soft num">${clock(line.at)}</span> <span class="soft">${line.by || t("caller")}</span><p>${line.text}</p></li>`)}<li ref=${end} aria-hidden="true"></li></ol></div>
    ${answers && html`<form class="row" onSubmit=${send}><input value=${text} maxlength="2000" aria-label=${t("write_answer")} placeholder=${t("write_answer")} onInput=${(event) => setText(event.target.value)} /><button class="primary">${t("send")}</button></form>`}</section>`;
}
