// The page on a caller's telephone as the desk sees it: sent, opened, agreed to, its places and photos.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get } from "../shared/api.mjs";
import { Does, silent } from "../shared/does.mjs";
import { clock, number, t } from "../shared/i18n.mjs";
import { attempt, feed } from "../shared/store.mjs";
import { useText } from "../shared/texts.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

/** @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields */
const ask = (name, fields) => attempt(() => command(name, fields));
const TONES = { waiting: "on", failed: "warn", sent: "ok", given_up: "bad" };
/** @param {Api.Link | undefined} link */
export const isOpen = (link) => !!link && !link.closed;

/** @param {{ call: Api.Call, again?: boolean }} props */
function Send({ call, again }) {
  const [to, setTo] = useText(`link_to/${call.id}`);
  const [channel, setChannel] = useState(/** @type {Api.Link["channel"]} */ ("sms"));
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    ask("SendLocationLink", { call: call.id, channel, to });
  };
  return html`<form class="send-link" onSubmit=${send}>
    <div class="row"><button class=${again ? "" : "primary"} aria-disabled=${silent()}>${t(again ? "sent_link.again" : "sent_link.send_link")}</button>
      <label><span class="hidden-text">${t("sent_link.channel")}</span><select value=${channel} onChange=${(event) => setChannel(/** @type {Api.Link["channel"]} */ (event.target.value))}>
        <option value="sms">${t("channel.sms")}</option><option value="whatsapp">${t("channel.whatsapp")}</option></select></label></div>
    <input name="to" inputmode="tel" value=${to} placeholder=${call.caller ? number(call.caller) : t("sent_link.number")} aria-label=${t("sent_link.number")} required=${!/^\+?\d{7,}/.test(call.caller)}
      onInput=${(event) => setTo(event.target.value)} /></form>`;
}

/** @param {{ notice: Api.Notice }} props */
function Demo({ notice }) {
  const [text, setText] = useState("");
  const show = async () => setText((await attempt(() => get(`/api/v1/notices/${notice.id}/demo`)))?.text ?? "");
  const address = /https?:\/\/\S+/.exec(text)?.[0];
  return html`<p class="soft"><span>${t("sent_link.demo")}</span> <button class="quiet" type="button" onClick=${show}>${t("sent_link.demo_show")}</button></p>
    ${text && html`<pre class="demo-message" translate=${false}>${text}</pre>`}${address && html`<p><a href=${address} target="_blank" rel="noopener">${t("sent_link.demo_open")}</a></p>`}`;
}

/** @param {{ call: Api.Call, link: Api.Link }} props */
function State({ call, link }) {
  const notice = feed.board.notices[link.notice];
  const left = Math.max(0, Math.round((link.expires - feed.now()) / 60));
  return html`<div class="link-state">
    <p class="row wrap"><span class="chip ${TONES[notice?.state] ?? ""}">${notice ? t(`sent_link.${notice.demo ? "demo_only" : notice.state}`) : t("sent_link.sent")}</span>
      <span class="chip ${link.opened ? "ok" : ""}">${link.opened ? t("sent_link.opened", { at: clock(link.opened) }) : t("sent_link.not_opened")}</span>
      ${link.asking.length > 0 && html`<span class="chip warn">${t("sent_link.asking")}</span>`}
      ${link.consents.map((what) => html`<span class="chip ok" key=${what}>${t(`consent.${what}`)}</span>`)}</p>
    <p class="soft num"><${Dotted} of=${[t("sent_link.by", { channel: { code: `channel.${link.channel}` }, to: number(link.to) }), clock(link.sent), isOpen(link) ? t("sent_link.left", { m: left }) : t("sent_link.closed"), link.places > 0 && t("sent_link.places", { n: link.places, at: clock(link.last_place) })]} /></p>
    ${notice && ["failed", "given_up"].includes(notice.state) && html`<p class="problem">${t("sent_link.failed_how")}</p>`}
    ${link.asking.map(
      (one) => html`<div key=${one.browser} class="row wrap" role="group" aria-label=${t("sent_link.asking")}>
        <p class="soft grow">${t("sent_link.asks", { at: clock(one.at), agent: one.agent })}</p>
      <button type="button" onClick=${() => ask("AnswerBrowser", { call: call.id, browser: one.browser, allowed: true })}>${t("sent_link.let_in")}</button>
      <button class="quiet" type="button" onClick=${() => ask("AnswerBrowser", { call: call.id, browser: one.browser, allowed: false })}>${t("sent_link.keep_out")}</button></div>`,
    )}
    ${notice?.demo && html`<${Demo} key=${notice.id} notice=${notice} />`}
    ${isOpen(link) && html`<${Does} class="quiet" does=${() => ask("CloseLink", { call: call.id })}>${t("sent_link.close")}</${Does}>`}
  </div>`;
}

/** Each look at a photo is a fact of its own, so that none is loaded before it is asked for.
 * @param {{ call: string, photos: Api.Photo[] }} props */
function Photos({ call, photos }) {
  const [shown, setShown] = useState("");
  const chosen = photos.find((one) => one.digest === shown);
  const name = (/** @type {Api.Photo} */ one) => t("sent_link.photo", { n: photos.indexOf(one) + 1, at: clock(one.at) });
  return html`<div class="photos"><div class="row wrap">${photos.map(
    (one) => html`<button key=${one.digest + one.at} type="button" aria-expanded=${one.digest === shown}
      onClick=${() => setShown(one.digest === shown ? "" : one.digest)}>${name(one)}</button>`,
  )}</div>
    ${chosen && html`<figure><img src=${`/api/v1/photos/${chosen.digest}?call=${encodeURIComponent(call)}`} alt=${name(chosen)} /><figcaption class="soft num"><${Dotted} of=${[name(chosen), `${chosen.width} × ${chosen.height}`, html`<${Data}>${Math.round(chosen.size / 1000)} kB</${Data}>`]} /></figcaption></figure>`}</div>`;
}

/** For the panel of a call: sends the link, and shows what became of it. The lines are in written.mjs.
 * @param {{ call: Api.Call }} props */
export function LocationLink({ call }) {
  const link = feed.board.links[call.id];
  const canSend = !call.test && call.direction === "in" && (call.state !== "ended" || feed.now() - call.ended < 86400);
  if (!link && !canSend) return null;
  return html`<section class="card location-link" aria-label=${t("sent_link.title")}><h2>${t("sent_link.title")}</h2>
    ${link && html`<${State} call=${call} link=${link} />`}
    ${link && link.photos.length > 0 && html`<${Photos} call=${call.id} photos=${link.photos} />`}
    ${canSend && (isOpen(link) ? html`<details><summary>${t("sent_link.again")}</summary><${Send} call=${call} again /></details>` : html`<${Send} call=${call} />`)}
  </section>`;
}
