// The call in the headset: how everybody in it is connected, and what can be done with it, each thing with its key.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { command, newKey } from "../shared/api.mjs";
import { CallIn, answeredParties, handOver } from "./call_in.mjs";
import { Kinds, Reasons, isText, service } from "./chips.mjs";
import { focusOn } from "../shared/dom.mjs";
import { Does } from "../shared/does.mjs";
import { departed, labelOf, lasts, recall } from "./conversation.mjs";
import { Vehicle } from "./ecall.mjs";
import { Icon } from "../shared/icons.mjs";
import { age, clock, number, place, t } from "../shared/i18n.mjs";
import { attempt, audio, bestPlace, feed, myCall, mySeat, redraw, ringing, ui, wasOrIs } from "../shared/store.mjs";
import { Written } from "./written.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

/** @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields */
const ask = (name, fields) => attempt(() => command(name, fields));
const talking = () => (myCall()?.state === "talking" ? myCall() : undefined);
const ICONS = { talk: "talk", listen: "ear", whisper: "whisper", dialling: "out", held: "hold", muted: "mute" };
const TONES = { talk: "ok", held: "warn", muted: "bad", listen: "", whisper: "", dialling: "on" };

// -- what the keys do; each is without effect where it makes no sense
export const isMuted = () => audio.muted || (mySeat()?.mode === "muted" && !!talking());
export const hold = async () => {
  const call = talking();
  if (call) await ask("Hold", { call: call.id, held: !call.held });
};
export const prompt = async () => {
  const call = talking();
  if (call) await ask("Prompt", { call: call.id, sound: "silent" });
};
export const hangUp = async () => {
  const call = myCall();
  if (call) await ask("HangUp", { call: call.id });
};

// The page's own microphone falls silent at once, the switch's side is told as well: a desk phone has no page.
export function mute() {
  const seat = mySeat(),
    muted = !isMuted();
  if (!seat) return;
  audio.mute(muted);
  if (talking()) ask("Mute", { position: seat.id, muted });
}

/** Nobody begins a call muted because of the one before. */
export const unmute = () => {
  if (audio.muted) audio.mute(false);
};

export const write = () => focusOn(".written input");

export function toggleKeypad() {
  if (!talking()) return;
  ui.box = ui.box === "keypad" ? "" : "keypad";
  redraw();
  requestAnimationFrame(() => focusOn(".keypad button"));
}

/** The call that is looked at and that a colleague has, or that was left with a party.
 * @param {Api.Call | undefined} call */
export const takeable = (call) => call && ["talking", "transferred"].includes(call.state) && mySeat()?.call === "";
/** @param {Api.Call} call */
export const takeOver = (call) => ask("TakeOver", { call: call.id, position: mySeat()?.id ?? "" });

// -- the parts of the card
/** `here`: it works on this page, whatever the room does.
 * @param {{ icon: keyof typeof import("../shared/icons.mjs").PATHS, words: string, hint: string, on?: boolean, here?: boolean, does: () => unknown }} props */
function Tool({ icon, words, hint, on = false, here = false, does }) {
  const look = { class: `tool ${on ? "pressed" : ""}`, "aria-pressed": on },
    inside = html`<${Icon} name=${icon} /><span>${words}</span><kbd>${hint}</kbd>`;
  return here ? html`<button ...${look} onClick=${does}>${inside}</button>` : html`<${Does} ...${look} does=${does}>${inside}</${Does}>`;
}

/** @param {{ call: Api.Call, onNew: () => void }} props */
function Tools({ call, onNew }) {
  const muted = isMuted(),
    voice = !isText(call);
  return html`<div class="tools" role="group" aria-label=${t("handling")}>
    ${
      voice &&
      html`    <${Tool} icon=${call.held ? "resume" : "hold"} words=${t(call.held ? "resume" : "hold")} hint="F6" on=${call.held} does=${hold} />
    <${Tool} icon="mute" words=${t(muted ? "unmute" : "mute")} hint="F7" on=${muted} here does=${mute} />
    <${Tool} icon="add" words=${t("call_in_short")} hint="F10" on=${ui.box === "call_in"} here does=${() => {
      ui.box = ui.box === "call_in" ? "" : "call_in";
      redraw();
    }} />
    <${Tool} icon="ask" words=${t("prompt_short")} hint="Alt P" does=${prompt} />
    <${Tool} icon="keypad" words=${t("keypad")} hint="Alt K" on=${ui.box === "keypad"} here does=${toggleKeypad} />`
    }
    ${(!voice || call.lines.length > 0) && html`<button class="wide-tool" onClick=${write}><${Icon} name="text" /> ${t("write_answer")} <kbd>Alt T</kbd></button>`}
    ${!call.incident && html`<button class="primary" onClick=${onNew}>${t("new_incident")} <kbd>F3</kbd></button>`}
    <${Does} class="danger" does=${hangUp}>${t("hang_up")} <kbd>F9</kbd></${Does}></div>`;
}

/** What must not be overlooked while talking: one line each, in words.
 * @param {{ call: Api.Call }} props */
function Stripes({ call }) {
  const held = lasts(call.id),
    quiet = call.silent_since > 0;
  return html`<div class="stripes" aria-live="polite">
    ${isMuted() && call.state === "talking" && html`<p class="stripe bad"><${Icon} name="mute" /><span>${t("muted_now")}</span> <kbd>F7</kbd></p>`}
    ${call.held && html`<p class="stripe warn"><${Icon} name="hold" /><span>${t("held_now")}</span> <span class="num" aria-hidden="true">${held === null ? "" : age(held)}</span> <kbd>F6</kbd></p>`}
    ${
      quiet &&
      html`<p class="stripe warn silence"><${Icon} name="silent" /><span>${t("silent")}</span> <span class="num seconds" aria-hidden="true">${age(feed.now() - call.silent_since)}</span>
      ${call.position === mySeat()?.id && html`<${Does} does=${prompt}>${t("prompt_silent")} <kbd>Alt P</kbd></${Does}>`}</p>`
    }
    ${call.digits && html`<p class="stripe digits"><span>${t("pressed")}</span> <strong class="num">${[...call.digits].slice(-8).join(" ")}</strong></p>`}
  </div>`;
}

/** @param {{ call: Api.Call }} props */
function Keypad({ call }) {
  const parties = answeredParties(call);
  const [target, setTarget] = useState(parties[0]?.id ?? "");
  const [sent, setSent] = useState("");
  const to = parties.some((one) => one.id === target) ? target : "";
  const send = (/** @type {string} */ digit) => {
    setSent(sent + digit);
    attempt(() => command("SendDigits", { call: call.id, digits: digit, ...(to && { party: to }) }, newKey()));
  }; // the same key twice is meant twice
  const close = () => {
    ui.box = "";
    redraw();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (/^[0-9*#]$/.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      send(event.key);
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };
  return html`<div class="box keypad" onKeyDown=${key}>
    <div class="row spread"><label><span>${t("keypad_to")}</span> <select value=${to} onChange=${(event) => setTarget(event.target.value)}>
      <option value="">${t("caller")}</option>${parties.map((one) => html`<option key=${one.id} value=${one.id} translate=${false}>${one.label}</option>`)}</select></label>
      <output class="num" aria-live="polite">${[...sent].slice(-10).join(" ") || "–"}</output></div>
    <div class="pad" role="group" aria-label=${t("keypad")}>${[..."123456789*0#"].map((digit) => html`<button key=${digit} onClick=${() => send(digit)}>${digit}</button>`)}</div>
    <p class="soft">${t("keypad_keys")}</p></div>`;
}

/** @param {{ call: Api.Call, one: Api.Member }} props */
function PartyButtons({ call, one }) {
  const there = one.mode !== "dialling";
  const mode = one.mode === "held" ? "talk" : "held";
  return html`<span class="row wrap acts">
    ${
      there &&
      html`<${Does} class="primary" does=${() => handOver(call, one.id)}><${Icon} name="over" /> ${t("hand_over")}</${Does}>
      <${Does} does=${() => ask("SetPartyMode", { call: call.id, party: one.id, mode })}>${t(one.mode === "held" ? "let_talk" : "hold")}</${Does}>`
    }
    <${Does} does=${() => ask("DropParty", { call: call.id, party: one.id })}><${Icon} name="drop" /> ${t(there ? "drop" : "stop_dialling")}</${Does}></span>`;
}

/** `words`: the name is a word of the catalogue.
 * @param {{ call: Api.Call, name: string, words?: boolean, icon?: keyof typeof import("../shared/icons.mjs").PATHS, mode: Api.Member["mode"], member: string, children?: Children }} props */
function Member({ call, name, words = true, icon = "talk", mode, member, children }) {
  const time = lasts(call.id, member);
  return html`<li class="member ${mode}"><div class="row spread"><span class="row"><${Icon} name=${icon} /><strong translate=${words}>${name}</strong></span>
    <span><span class="num soft" aria-hidden="true">${time === null ? "" : age(time)}</span> <span class="chip ${TONES[mode]}">${wasOrIs(t(`mode.${mode}`))}</span></span></div>${children}</li>`;
}

/** @param {{ call: Api.Call }} props */
function Members({ call }) {
  const gone = departed(call.id);
  if (!call.members.length && !gone.length && call.state !== "transferred") return null;
  const mine = call.position && call.position === mySeat()?.id;
  const icon = (/** @type {Api.Member} */ one) => ICONS[one.mode];
  return html`<div class="members"><h3>${t("members")}</h3><ul aria-live="polite">
    <${Member} call=${call} name=${t("caller")} icon=${call.held ? "hold" : "talk"} mode=${call.held ? "held" : "talk"} member="" />
    ${call.position && html`<${Member} call=${call} name=${mine ? t("you_at", { position: call.position }) : `${call.user} · ${call.position}`} words=${!!mine} icon=${mine && isMuted() ? "mute" : "talk"} mode=${(mine && isMuted()) || feed.board.positions[call.position]?.mode === "muted" ? "muted" : "talk"} member=${call.position} />`}
    ${call.members.map((one) => {
      const name = one.label || (one.kind === "position" ? `${one.id} ${feed.board.positions[one.id]?.user ?? ""}` : labelOf(one.id));
      return html`<${Member} key=${one.id} call=${call} name=${name} words=${false} icon=${icon(one)} mode=${one.mode} member=${one.id}>
      ${one.kind === "party" && mine && html`<${PartyButtons} call=${call} one=${one} />`}</${Member}>`;
    })}
    ${gone.map((one) => html`<li key=${`gone-${one.party}`} class="member gone"><span class="soft">${clock(one.at)} <span>${one.why ? t("party_left_why", { who: one.label, why: one.why }) : t("party_left", { who: one.label })}</span></span></li>`)}
  </ul></div>`;
}

/** The reasons of a suspicion stand open; those of a lower score are for whoever asks.
 * @param {{ call: Api.Call }} props */
function Scored({ call }) {
  if (call.suspected) return html`<${Reasons} call=${call} />`;
  if (!call.score_reasons.length) return null;
  return html`<details class="soft"><summary>${t("score", { n: Math.round(100 * call.score) })}</summary><${Reasons} call=${call} /></details>`;
}

/** @param {Api.Call} call */
function stateOf(call) {
  if (call === ringing()) return t("rings_you");
  if (call.state === "queued") return t("waiting");
  if (call.state === "accepted" && call.direction === "out") return t("calling");
  return t(call.held ? "mode.held" : call.state);
}

/** `onNew` opens the form of a new incident; the children stand below the place.
 * @param {{ call: Api.Call, onNew: () => void, children?: Children }} props */
export function CallCard({ call, onNew, children }) {
  const best = bestPlace(call),
    rings = call === ringing(),
    mine = call.position && call.position === mySeat()?.id;
  recall(mine ? call : null);
  const spent = (call.ended || feed.now()) - (call.answered || call.received);
  return html`<section class="card call-card ${call.state} ${rings ? "rings" : ""}" aria-label=${t("caller")}>
    <div class="row spread"><h2>${t(call.direction === "out" ? "called_number" : "caller")}</h2><span class="row"><span class="chip ${call.held ? "warn" : call.state === "talking" ? "ok" : "on"}">${wasOrIs(stateOf(call))}</span><span class="spent num">${age(spent)}</span></span></div>
    <p class="caller num ${/^[+\d]*$/.test(call.caller) ? "digits-only" : ""}" translate=${!call.caller}>${number(call.caller)}</p>
    <p class="soft"><${Dotted} of=${[html`<span class="num">${clock(call.received)}</span>`, call.service && service(call), call.user && !mine && html`<${Data}>${call.user}${call.position && ` (${call.position})`}</${Data}>`]} /></p>
    <${Kinds} call=${call} silent=${false} /><${Scored} call=${call} />
    <${Stripes} call=${call} /><${Vehicle} call=${call} />
    ${
      best
        ? html`<p><strong>${t("where")}</strong> <span translate=${false}>${ui.words?.[call.id] ?? ""}</span><br/><span class="soft num"><${Dotted} of=${[place(best), t("source", { s: best.method || best.source })]} />${call.locations.length > 1 ? ` (${call.locations.length})` : ""}</span></p>`
        : call.direction === "in" && html`<p class="soft">${t("no_place")}</p>`
    }
    ${children}<${Written} call=${call} key=${call.id} />
    ${call.state === "queued" && mySeat() && html`<${Does} class="primary big wide" does=${() => ask("AnswerCall", { call: call.id, position: mySeat()?.id ?? "" })}>${t("answer")} <kbd>F2</kbd></${Does}>`}
    ${mine && call.state === "talking" && html`<${Tools} call=${call} onNew=${onNew} />`}
    ${mine && call.state === "accepted" && html`<${Does} class="danger" does=${hangUp}>${t("hang_up")} <kbd>F9</kbd></${Does}>`}
    ${mine && ui.box === "keypad" && html`<${Keypad} call=${call} key=${call.id} />`}${mine && ui.box === "call_in" && html`<${CallIn} key=${call.id} />`}
    <${Members} call=${call} />
    ${takeable(call) && html`<${Does} class="primary wide" does=${() => takeOver(call)}><${Icon} name="back" /> ${t(call.state === "transferred" ? "take_back" : "take_over")} <kbd>Alt A</kbd></${Does}>`}
  </section>`;
}
