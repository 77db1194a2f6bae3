// What is written with a caller, and the page on their telephone: sent, opened, agreed to; places, photos and lines.
import { html, useEffect, useRef, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get } from "./api.mjs";
import { clock, number, page, t } from "./i18n.mjs";
import { attempt, feed } from "./store.mjs";

const ask = (name, fields) => attempt(() => command(name, fields));
const TONES = { waiting: "on", failed: "warn", sent: "ok", given_up: "bad" };
const isOpen = (link) => !!link && !link.closed;

function Send({ call, again }) {
  const [to, setTo] = useState("");
  const [channel, setChannel] = useState("sms");
  const send = (event) => { event.preventDefault(); ask("SendLocationLink", { call: call.id, channel, to }); };
  return html`<form class="send-link" onSubmit=${send}>
    <div class="row"><button class=${again ? "" : "primary"}>${t(again ? "chat.again" : "chat.send_link")}</button>
      <label><span class="hidden-text">${t("chat.channel")}</span><select value=${channel} onChange=${(event) => setChannel(event.target.value)}>
        <option value="sms">${t("channel.sms")}</option><option value="whatsapp">${t("channel.whatsapp")}</option></select></label></div>
    <input name="to" inputmode="tel" value=${to} placeholder=${call.caller ? number(call.caller) : t("chat.number")} aria-label=${t("chat.number")} required=${!/^\+?\d{7,}/.test(call.caller)}
      onInput=${(event) => setTo(event.target.value)} /></form>`;
}

function Demo({ notice }) {
  const [text, setText] = useState("");
  const show = async () => setText((await attempt(() => get(`/api/v1/notices/${notice.id}/demo`)))?.text ?? "");
  const address = /https?:\/\/\S+/.exec(text)?.[0];
  return html`<p class="soft">${t("chat.demo")} <button class="quiet" type="button" onClick=${show}>${t("chat.demo_show")}</button></p>
    ${text && html`<pre class="demo-message">${text}</pre>`}${address && html`<p><a href=${address} target="_blank" rel="noopener">${t("chat.demo_open")}</a></p>`}`;
}

function State({ call, link }) {
  const notice = feed.board.notices[link.notice];
  const left = Math.max(0, Math.round((link.expires - feed.now()) / 60));
  return html`<div class="link-state">
    <p class="row wrap"><span class="chip ${TONES[notice?.state] ?? ""}">${notice ? t(`chat.${notice.state}`) : t("chat.sent")}</span>
      <span class="chip ${link.opened ? "ok" : ""}">${link.opened ? t("chat.opened", { at: clock(link.opened) }) : t("chat.not_opened")}</span>
      ${link.consents.map((what) => html`<span class="chip ok" key=${what}>${t(`consent.${what}`)}</span>`)}</p>
    <p class="soft num">${t(`channel.${link.channel}`)} ${number(link.to)} · ${clock(link.sent)}${isOpen(link) ? ` · ${t("chat.left", { m: left })}` : ` · ${t("chat.closed")}`}${link.places ? ` · ${t("chat.places", { n: link.places, at: clock(link.last_place) })}` : ""}</p>
    ${notice && ["failed", "given_up"].includes(notice.state) && html`<p class="problem">${t("chat.failed_how")}</p>`}
    ${page.demo && notice?.state === "sent" && html`<${Demo} key=${notice.id} notice=${notice} />`}
    ${isOpen(link) && html`<button class="quiet" type="button" onClick=${() => ask("CloseLink", { call: call.id })}>${t("chat.close")}</button>`}
  </div>`;
}

// Each look at a photo is a fact of its own, so that none is loaded before it is asked for.
function Photos({ call, photos }) {
  const [shown, setShown] = useState("");
  const chosen = photos.find((one) => one.digest === shown);
  const name = (one) => t("chat.photo", { n: photos.indexOf(one) + 1, at: clock(one.at) });
  return html`<div class="photos"><div class="row wrap">${photos.map((one) => html`<button key=${one.digest + one.at} type="button" aria-expanded=${one.digest === shown}
      onClick=${() => setShown(one.digest === shown ? "" : one.digest)}>${name(one)}</button>`)}</div>
    ${chosen && html`<figure><img src=${`/api/v1/photos/${chosen.digest}?call=${encodeURIComponent(call)}`} alt=${name(chosen)} /><figcaption class="soft num">${name(chosen)} · ${chosen.width} × ${chosen.height} · ${Math.round(chosen.size / 1000)} kB</figcaption></figure>`}</div>`;
}

function Lines({ call }) {
  const box = useRef(null);
  useEffect(() => { box.current.scrollTop = box.current.scrollHeight; }, [call.lines.length]);
  return html`<div class="written" role="log" tabindex="0" aria-label=${t("chat.lines")} ref=${box}>${call.lines.map((line, n) => html`<p key=${n} class=${line.by ? "ours" : "theirs"}>
    <small class="soft num">${clock(line.at)} ${line.by || t("caller")} · ${t(`via.${line.via}`)}</small>${line.text}</p>`)}</div>`;
}

/** For the call card: what was written, a field to write, and the location link. */
export function Chat({ call }) {
  const link = feed.board.links[call.id];
  const canWrite = isOpen(link) || (call.state === "talking" && (call.media.includes("text") || call.lines.some((line) => line.via !== "link")));
  const canSend = !call.test && call.direction === "in" && (call.state !== "ended" || feed.now() - call.ended < 86400);
  if (!link && !call.lines.length && !canWrite && !canSend) return null;
  const write = async (event) => {
    event.preventDefault();
    const field = event.target.text, text = field.value.trim();
    if (text && await ask("SendText", { call: call.id, text })) field.value = "";
  };
  return html`<section class="card chat" aria-label=${t("chat.title")}><h2>${t("chat.title")}</h2>
    ${link && html`<${State} call=${call} link=${link} />`}
    ${link?.photos.length > 0 && html`<${Photos} call=${call.id} photos=${link.photos} />`}
    ${call.lines.length > 0 && html`<${Lines} call=${call} />`}
    ${canWrite && html`<form class="row" onSubmit=${write}><input name="text" maxlength="2000" autocomplete="off" placeholder=${t("chat.write")} aria-label=${t("chat.write")} /><button class="primary">${t("chat.send")}</button></form>`}
    ${canSend && (isOpen(link) ? html`<details><summary>${t("chat.again")}</summary><${Send} key=${call.id} call=${call} again /></details>` : html`<${Send} key=${call.id} call=${call} />`)}
  </section>`;
}
