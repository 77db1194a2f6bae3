// The operator's console: joins the columns, the map, the cameras, the keys and the sound.
import { html, render, useEffect, useRef, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get, sendingFor } from "./shared/api.mjs";
import { OtherLanguage, beginTheme, signOut, toggleTheme } from "./shared/bar.mjs";
import { mountCamera } from "./shared/camera.mjs";
import { toggleCallIn } from "./call/call_in.mjs";
import { remember } from "./call/conversation.mjs";
import { byId as element, focusOn } from "./shared/dom.mjs";
import { Does } from "./shared/does.mjs";
import { nextDraft, openForm } from "./incident/drafting.mjs";
import { byId, find, show, shownForm } from "./shared/drafts.mjs";
import { AudioState, Duty, NoMicrophone, signOff } from "./call/duty.mjs";
import { askVehicle } from "./call/ecall.mjs";
import { hangUp, hold, mute, prompt, takeOver, takeable, toggleKeypad, unmute, write } from "./call/handling.mjs";
import { clock, lang, named, page, t } from "./shared/i18n.mjs";
import { drawClosed } from "./map/closed.mjs";
import { toggleClosing, undoClosing } from "./map/closing.mjs";
import { Guard } from "./shared/guard.mjs";
import { Keys } from "./keys.mjs";
import { Panel, chosenCall, newIncident } from "./incident/incidents.mjs";
import { whileLocked } from "./shared/lock.mjs";
import { incoming } from "./incident/neighbours.mjs";
import { Queue, answerFirst, callBackFirst } from "./queues.mjs";
import { MapBox, drawMap, elsewhere, shownPlace, toggleView, togglePanel } from "./map/room_map.mjs";
import { attend } from "./shared/attendance.mjs";
import { reasonName } from "./call/positions.mjs";
import { Silence } from "./shared/room_silence.mjs";
import { attempt, audio, bestPlace, feed, heardAgain, myCall, mySeat, onDraw, redraw, ringer, ringing, ui } from "./shared/store.mjs";
import { classifyByKey } from "./call/wrapup.mjs";
import { Data } from "./shared/parts.mjs";

const app = element("app");
const SOON = 0.8; // s in which an answer is expected and nobody is told to wait
ui.me = page.name;
ui.words = {};
beginTheme("night");

function theme() {
  toggleTheme();
  ui.map?.draw();
  redraw();
}

function languageChanged() {
  ui.words = {};
  nameCalls();
  drawClosed(ui.map, feed.board.closures);
  redraw();
}

/** @param {boolean} ready */
function setReady(ready, reason = "") {
  ui.box = "";
  return attempt(() => command("SetReady", { position: mySeat()?.id ?? "", ready, reason }));
}

// Whoever stops taking calls is asked why; the key pressed twice says it without a reason.
async function toggleReady() {
  const seat = mySeat();
  if (!seat) return;
  if (!feed.connected || !seat.ready || ui.box === "reason" || !ui.city?.not_ready.length) {
    await setReady(!seat.ready);
    return;
  }
  ui.box = "reason";
  redraw();
  requestAnimationFrame(() => focusOn(".why-not button"));
}

function WhyNot() {
  const reasons = ui.city?.not_ready ?? [];
  const key = (/** @type {KeyboardEvent} */ event) => {
    const one = reasons[Number(event.key) - 1];
    if (one) {
      event.preventDefault();
      event.stopPropagation();
      setReady(false, one.id);
    }
  };
  return html`<div class="box why-not" role="group" aria-label=${t("why_not_ready")} onKeyDown=${key}><strong>${t("why_not_ready")}</strong>
    ${reasons.map((one, n) => html`<${Does} key=${one.id} does=${() => setReady(false, one.id)}><kbd>${n + 1}</kbd> <span translate=${false}>${named(one.names)}</span></${Does}>`)}
    <${Does} class="quiet" does=${() => setReady(false)}>${t("no_reason")} <kbd>F8</kbd></${Does}></div>`;
}

/** @param {{ seat: Api.Position }} props */
function SeatButton({ seat }) {
  const state = seat.wrapping
    ? t("seat.wrap_up")
    : seat.ready
      ? t("ready")
      : seat.reason
        ? html`<${Data}>${reasonName(seat.reason)}</${Data}>`
        : t("not_ready");
  const look = !feed.connected ? "unknown" : seat.wrapping ? "wrapping" : seat.ready ? "ready" : "danger";
  return html`<span class="seat-button"><${Does} class=${look} aria-pressed=${seat.ready} does=${toggleReady}><span translate=${false}>${seat.id}</span>: <span>${feed.connected ? state : t("seat.unknown")}</span> <kbd>F8</kbd></${Does}>${ui.box === "reason" && html`<${WhyNot} />`}</span>`;
}

async function leave() {
  await signOff();
  await signOut();
}

function Top() {
  const seat = mySeat(),
    slow = sendingFor() ?? 0;
  return html`<header class="top">
    <img src="/static/shared/icon.svg" alt="" width="34" height="34" /><h1>${t("app")}<span translate=${false}>${app.dataset.city}</span></h1>
    ${app.dataset.note && html`<span class="demo-note" translate=${false}>${app.dataset.note}</span>`}
    <span class="grow"></span>
    ${slow > SOON && html`<span class="chip warn num" role="status">${t("sending_for", { s: Math.floor(slow) })}</span>`}
    ${seat && html`<${AudioState} seat=${seat} /><${SeatButton} seat=${seat} />`}
    ${seatless() && ui.later && html`<button class="primary" onClick=${putAway(false)}>${t("sign_on")}</button>`}
    <span class="clock num" role="timer">${clock(feed.wall())}</span>
    ${page.may.pages.includes("supervisor") && html`<a href="/supervisor">${t("queues")}</a>`}
    <button class="quiet" aria-label=${t("keys")} title=${t("keys")} onClick=${() => {
      ui.keys = true;
      redraw();
    }}>?</button>
    <button class="quiet" onClick=${theme}>${t("theme")}</button>
    <${OtherLanguage} then=${languageChanged} />
    <button class="quiet" onClick=${leave} title=${t("sign_out_of", { name: page.name })}>${t("sign_out")}</button>
  </header>`;
}

function Cameras() {
  const spot = shownPlace();
  const key = spot ? `${spot.lat.toFixed(4)},${spot.lon.toFixed(4)}` : "";
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [near, setNear] = useState(/** @type {Api.CameraSeen[]} */ ([]));
  useEffect(() => {
    if (!spot) {
      setNear([]);
      return;
    }
    let gone = false;
    get(`/api/v1/cameras/near?lat=${spot.lat}&lon=${spot.lon}`)
      .then((list) => !gone && setNear(list))
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [key]);
  const ids = near.map((camera) => camera.id).join();
  useEffect(() => {
    const scheme = location.protocol === "https:" ? "wss" : "ws",
      parent = box.current;
    if (!parent) return;
    const tiles = near.map((camera) =>
      mountCamera(parent, camera.id, `${scheme}://${location.host}/api/v1/cameras/live`, {
        name: camera.name,
        about: [t("camera_away", { metres: camera.metres }), camera.sees ? t("camera_sees") : ""].filter(Boolean),
      }),
    );
    return () => {
      for (const tile of tiles) tile.close();
      parent.replaceChildren();
    };
  }, [ids, lang]);
  return html`<section class="cameras" aria-label=${t("cameras")}>
    <h2>${t("cameras")}</h2>${!near.length && html`<p class="soft">${t("cameras_hint")}</p>`}<div class="tiles" ref=${box}></div></section>`;
}

/** Words for where a caller is, asked again when a better place becomes known or the language changes.
 * @type {Map<string, string>} */
const asked = new Map();
function nameCalls() {
  for (const call of Object.values(feed.board.calls)) {
    const best = bestPlace(call);
    const point = best && `lat=${best.lat}&lon=${best.lon}&lang=${lang}`;
    if (!best || !point || (call.state === "ended" && call.id !== chosenCall()?.id) || asked.get(call.id) === point) continue;
    asked.set(call.id, point);
    get(`/api/v1/places/near?${point}`)
      .then(({ text }) => {
        ui.words[call.id] = text;
        redraw();
      })
      .catch(() => {});
  }
}

function focusUnits() {
  const all = ["#send-all", "#units .send[data-first=true]", "#units .send:not(:disabled)", "#find-unit"];
  const first = all.find((one) => document.querySelector(one));
  if (first) focusOn(first);
}

const takeChosen = () => {
  const call = chosenCall();
  if (call && takeable(call)) takeOver(call);
};
/** @type {Record<string, () => unknown>} */
const KEYS = {
  F2: answerFirst,
  F3: newIncident,
  F4: focusUnits,
  F6: hold,
  F7: mute,
  F8: toggleReady,
  F9: hangUp,
  F10: toggleCallIn,
};
/** @type {Record<string, () => unknown>} */
const ALT = {
  KeyA: takeChosen,
  KeyB: callBackFirst,
  KeyJ: toggleClosing,
  KeyK: toggleKeypad,
  KeyL: togglePanel,
  KeyM: toggleView,
  KeyN: nextDraft,
  KeyP: prompt,
  KeyT: write,
  KeyV: askVehicle,
};

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof Element && target.matches("input, textarea, select");

const HASTE = 1500; // ms
let wrote = -HASTE;

/** @param {KeyboardEvent} event */
function escape(event) {
  wrote = -HASTE;
  const target = event.target instanceof HTMLElement ? event.target : null,
    written = isField(target),
    closes = target?.closest(".closing");
  if ((!written || closes) && undoClosing()) {
    if (written) target?.blur();
    return;
  }
  target?.blur(); // so that the keys for the outcome are heard again
  show("", { reasonFor: "", problem: "", box: "", panel: "" }); // what was typed is kept, see drafts.mjs and texts.mjs
}

// A form that gives way to the next call in the middle of a number must not make its digits an outcome.
addEventListener("input", (event) => {
  wrote = event.timeStamp;
});

addEventListener("keydown", (event) => {
  const writing = isField(event.target);
  const alone = !event.ctrlKey && !event.shiftKey && !event.metaKey;
  const does = alone && (event.altKey ? ALT[event.code] : KEYS[event.key]);
  if (does) {
    event.preventDefault();
    wrote = -HASTE;
    if (!event.repeat) does();
  } // whoever presses F9 is not in the middle of a number
  else if (event.key === "?" && !writing) {
    ui.keys = true;
    redraw();
  } else if (event.key === "Escape" && !ui.keys) escape(event);
  // Held down it would classify the call before as well; Alt and a digit are the browser's.
  else if (alone && !event.altKey && !event.repeat && !writing && event.timeStamp - wrote > HASTE && /^[1-5]$/.test(event.key))
    classifyByKey(Number(event.key));
});

// Leaving the page ends the sound, so somebody who talks is asked first.
addEventListener("beforeunload", (event) => {
  if (myCall()?.state === "talking") event.preventDefault();
});

function Banner() {
  const seat = mySeat();
  if (!feed.connected)
    return html`<${Silence} feed=${feed} also=${t(myCall() && audio.state === "up" ? "room_silent_talk" : "room_silent_desk")} />`;
  if (seat?.media === "browser" && audio.state === "refused") return html`<${NoMicrophone} seat=${seat} />`;
  const text = feed.state.journal ? t("journal_lost") : !feed.state.switch ? t("switch_lost") : "";
  return text ? html`<p class="banner" role="alert">${text}</p>` : null;
}

// A dispatcher may work without a seat: the form is put away, and the bar brings it back.
const seatless = () => !mySeat() && feed.seq !== null && page.role !== "call-taker";
/** @param {boolean} later */
const putAway = (later) => () => {
  ui.later = later;
  redraw();
};

function Console() {
  const seat = mySeat();
  return html`<${Top} /><${Banner} />
    ${
      ui.phone &&
      html`<p class="banner info"><span>${t("phone_how", { ...ui.phone })}</span> <button onClick=${() => {
        ui.phone = null;
        redraw();
      }}>${t("close")}</button></p>`
    }
    <main id="main" class="desk"><${Guard} name=${{ code: "queue" }}><${Queue} /></${Guard}><div class="middle"><${Guard} name=${{ code: "map" }}><${MapBox} /></${Guard}><${Guard} name=${{ code: "cameras" }}><${Cameras} /></${Guard}></div>
      ${ui.city && (seat || feed.seq === null || page.role !== "call-taker" ? html`<${Guard} name=${{ code: "incident" }}><${Panel} /></${Guard}>` : html`<aside class="panel"><${Duty} /></aside>`)}
      ${ui.city && seatless() && !ui.later && html`<div class="duty-float"><${Duty} /><button class="quiet later" onClick=${putAway(true)}>${t("later")}</button></div>`}</main>
    ${
      ui.keys &&
      html`<${Keys} onClose=${() => {
        ui.keys = false;
        redraw();
      }} />`
    }`;
}

let inHand = "";
/** With another call in hand the form of the one before waits aside; who was typing goes on in the form of this one.
 * @param {Api.Call} call */
function comesInHand(call) {
  const draft = shownForm(),
    typing = !!document.activeElement?.closest(".draft"),
    own = find({ kind: "form", call: call.id });
  Object.assign(ui, { call: call.id, incident: call.incident });
  if (draft?.about.call === call.id) return;
  if (own) show(own.id);
  else if (draft) show("");
  if (draft && typing && !call.incident) openForm(call, {}, "#note");
}

onDraw(() => {
  render(html`<${Console} />`, app);
  if (elsewhere()) {
    nameCalls();
    drawMap();
  }
});
feed.listen((news) => {
  const seat = mySeat();
  const call = myCall();
  if (news.event) remember(news.event);
  if ((call?.id ?? "") !== inHand) {
    unmute();
    ui.box = "";
    inHand = call?.id ?? "";
    if (call) comesInHand(call);
  }
  if (call && ui.call !== call.id) Object.assign(ui, { call: call.id, incident: call.incident });
  // After a reload: what was being written for the call in hand is there again.
  const begun = call && find({ kind: "form", call: call.id });
  if (news.drafts?.all && begun && !shownForm()) show(begun.id);
  if (
    news.event?.event === "IncidentOpened" &&
    news.event.by === page.name &&
    (news.event.call === ui.call || byId(news.event.draft)) &&
    (!ui.form || ui.form === news.event.draft)
  )
    ui.incident = news.event.incident;
  heardAgain();
  const alert = news.event?.event === "AlertReceived" ? news.event.alert : "";
  if (alert && feed.board.alarms[`alert-${alert}`] && incoming().some((one) => one.id === alert)) ringer.chime();
  if (news.event?.event === "PositionLegDown" && news.event.position === seat?.id && seat.media === "browser") audio.legGone();
  // After a reload the seat is still ours: the audio is connected again without asking.
  if (news.whole && seat?.media === "browser" && audio.state === "off") audio.resume(seat.id);
  ringer.ring(feed.connected && !!ringing()); // a silent room's calls are put through by the switch
  nameCalls();
  drawMap();
  redraw();
});
whileLocked(() => {
  ringer.ring(false);
  return { talking: myCall()?.state === "talking" && audio.state === "up", muted: audio.muted, mute: (on) => audio.mute(on) };
});
setInterval(redraw, 1000);
redraw();
attend(feed);
feed.start();
