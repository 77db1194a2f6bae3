// The responder's page, for a phone in the rain: one job, one big button, the way there; sends where the unit is.
import { html, render, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { get } from "./shared/api.mjs";
import { OtherLanguage, beginTheme, signOut, toggleTheme } from "./shared/bar.mjs";
import { drawClosed } from "./map/closed.mjs";
import { byId } from "./shared/dom.mjs";
import { Feed } from "./shared/feed.mjs";
import { clock, distance, duration, named, page, say, t } from "./shared/i18n.mjs";
import { makeMap } from "./map/map.mjs";
import { Outbox } from "./outbox.mjs";
import { Silence } from "./shared/room_silence.mjs";
import { Dotted } from "./shared/parts.mjs";

/** @typedef {Api.Assignment["state"]} State */
/** @typedef {Api.ReportProgress["progress"]} Progress */

const feed = new Feed();
const app = byId("app");
/** What a crew says next, by the state of its job.
 * @type {Partial<Record<State, "Acknowledge" | Progress>>} */
const NEXT = { assigned: "Acknowledge", acknowledged: "en_route", en_route: "on_scene", on_scene: "clear" };
/** @type {Progress[]} */
const ORDER = ["en_route", "on_scene", "clear"];
/** @type {{ route: Api.QuickestWay | null, routeFor: string, city: Api.CityNow | null, gps: string, fixAt: number, sound: boolean }} */
const ui = { route: null, routeFor: "", city: null, gps: "off", fixAt: 0, sound: false };
const outbox = new Outbox(
  () => (feed.seq === null ? null : feed.wall()),
  () => draw(),
  overtaken,
);
beginTheme("day");
/** @type {import("./map/map.mjs").CityMap | null} */
let map = null;
let told = "";
/** @type {number | null} */
let alarm = null;
/** @type {AudioContext | null} */
let context = null;

/** @returns {Api.Assignment | undefined} */
const job = () => Object.values(feed.board.assignments).find((one) => !["clear", "released"].includes(one.state));
/** @param {string} id */
const typeName = (id) => named(ui.city?.incident_types.find((type) => type.id === id)?.names) || id;

/** What was pressed counts at once on this page, although the centre may not have it yet.
 * @param {Api.Assignment} current
 * @returns {State} */
function stateOf(current) {
  const own = outbox.reports.filter((one) => one.fields.assignment === current.id).at(-1);
  if (!own) return current.state;
  return own.name === "Acknowledge" ? "acknowledged" : (own.fields.progress ?? current.state);
}

/** The centre decided otherwise while this report was on its way: the time is kept there, and the crew knows.
 * @param {CrewReport} report */
function overtaken({ name, fields, at }) {
  const assignment = feed.board.assignments[fields.assignment ?? ""];
  if (name === "ReportProgress" && assignment?.state === "released")
    outbox.problem = t("told_late", { what: t(`state.${fields.progress}`), at: clock(at), incident: assignment.incident });
}

/** @param {Api.Assignment} current @param {State} state */
const stampOf = (current, state) => (state === "acknowledged" || state === "en_route" || state === "on_scene" ? current[state] : 0);

/** When the state that is shown was pressed, or was recorded.
 * @param {Api.Assignment} current @param {State} state */
const sinceOf = (current, state) =>
  outbox.reports.filter((one) => one.fields.assignment === current.id).at(-1)?.at ?? (stampOf(current, state) || current.assigned);

/** @param {"Acknowledge" | Progress | undefined} name */
function step(name) {
  const current = job();
  if (!current || !name) return;
  navigator.vibrate?.(60);
  if (name === "Acknowledge") outbox.report("Acknowledge", { assignment: current.id });
  else outbox.report("ReportProgress", { assignment: current.id, progress: name });
  ring(stateOf(current) === "assigned");
  draw();
}

// -- a new job rings and shakes until it is acknowledged
/** @param {boolean} on */
function ring(on) {
  if (on === (alarm !== null)) return;
  clearInterval(alarm ?? undefined);
  alarm = null;
  if (!on) return;
  const once = () => {
    navigator.vibrate?.([400, 150, 400]);
    if (!context) return;
    for (const n of [0, 1, 2]) {
      const tone = context.createOscillator(),
        gain = context.createGain();
      tone.frequency.value = n % 2 ? 740 : 988;
      gain.gain.value = 0.3;
      tone.connect(gain).connect(context.destination);
      tone.start(context.currentTime + n * 0.25);
      tone.stop(context.currentTime + n * 0.25 + 0.2);
    }
  };
  once();
  alarm = setInterval(once, 2000);
}

addEventListener("pointerdown", () => {
  context ??= new AudioContext();
  context.resume();
  ui.sound = true;
  draw();
});

function watchPosition() {
  if (!navigator.geolocation) return;
  navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      ui.gps = "on";
      if (timestamp / 1000 - ui.fixAt < 2) return;
      ui.fixAt = timestamp / 1000;
      outbox.fix({
        unit: page.unit,
        lat: coords.latitude,
        lon: coords.longitude,
        at: feed.wall() - Math.max(0, Date.now() / 1000 - ui.fixAt),
        speed: coords.speed ?? 0,
        bearing: coords.heading ?? 0,
        accuracy: coords.accuracy,
      });
    },
    () => {
      ui.gps = "refused";
      draw();
    },
    { enableHighAccuracy: true, maximumAge: 5000 },
  );
}

async function loadRoute() {
  const current = job();
  const incident = current && feed.board.incidents[current.incident];
  const key = current && incident?.location ? `${current.id}:${incident.location.lat},${incident.location.lon}` : "";
  if (key === ui.routeFor) return;
  ui.routeFor = key;
  ui.route = current && key ? await get(`/api/v1/route?assignment=${current.id}`).catch(() => null) : null;
  draw();
  drawMap(true);
}

function drawMap(fit = false) {
  if (!map) return;
  const current = job(),
    place = current && feed.board.incidents[current.incident]?.location;
  map.units(feed.board.units, feed.fixes, feed.board.assignments, feed.now());
  map.spots(place ? [{ ...place, kind: "call", label: "", chosen: true }] : [], ui.route?.path);
  drawClosed(map, feed.board.closures);
  if (fit && ui.route?.path) map.fit(ui.route.path);
}

function MapBox() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!box.current) return;
    makeMap(box.current, {}).then((made) => {
      map = made;
      ui.city = made.city;
      draw();
      drawMap(true);
    });
  }, []);
  return html`<div class="map"><div class="leaflet-box" ref=${box}></div></div>`;
}

// Words belong to the job for which they were begun: the next one does not get them, and a reload does not lose them.
const WORDS = `siaga.words.${page.unit}`;
/** @type {Record<string, string>} */
const words = JSON.parse(localStorage.getItem(WORDS) ?? "{}");
/** @param {string} incident @param {string} text */
function write(incident, text) {
  if (text) words[incident] = text;
  else delete words[incident];
  localStorage.setItem(WORDS, JSON.stringify(words));
  draw();
}

/** @param {{ incident: string, before?: boolean }} props */
function Tell({ incident, before = false }) {
  const text = words[incident] ?? "";
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (text.trim()) outbox.report("AddNote", { incident, text: text.trim() });
    write(incident, "");
  };
  return html`<form class="tell" key=${incident} onSubmit=${send}>${before && html`<p class="soft">${t("tell_before", { incident })}</p>`}
    <div class="row"><input value=${text} maxlength="4000" aria-label=${before ? t("tell_before", { incident }) : t("tell_centre")} placeholder=${t("tell_centre")} onInput=${(event) => write(incident, event.target.value)} /><button>${t("send")}</button>
      ${before && html`<button type="button" class="quiet" onClick=${() => write(incident, "")}>${t("draft.discard")}</button>`}</div></form>`;
}

/** What was begun for a job that is over by now, or that somebody else has.
 * @param {{ current?: Api.Assignment }} props */
const Unsent = ({ current }) =>
  Object.keys(words)
    .filter((incident) => incident !== current?.incident)
    .map((incident) => html`<${Tell} incident=${incident} before key=${incident} />`);

/** @param {{ current: Api.Assignment }} props */
function Job({ current }) {
  const incident = feed.board.incidents[current.incident];
  const place = incident?.location;
  const route = ui.route;
  const state = stateOf(current);
  const next = NEXT[state];
  const left = ORDER.filter((name) => ORDER.indexOf(name) > ORDER.findIndex((one) => one === next));
  return html`<section class="job ${state}">
    <div class="notice" role="alert">
      <p class="state">${state === "assigned" ? t("unit_new") : t(`state.${state}`)} · <span class="num">${clock(sinceOf(current, state))}</span></p>
      <h2 translate=${false}>${incident ? typeName(incident.type) : current.incident}</h2>
      <p class="where" translate=${false}>${incident?.address || place?.text || ""}</p>
      ${route && state !== "on_scene" && html`<p class="far num"><${Dotted} of=${[duration(route.seconds), distance(route.metres), route.mode === "straight-line" && t("straight")]} /></p>`}
      ${incident?.notes.map((note, n) => html`<p class="note" translate=${false} key=${n}>${note.text}</p>`)}
    </div>
    <p class="problem" role="alert">${outbox.problem}</p>
    <button class="step" id="next" disabled=${!next} onClick=${() => step(next)}>${t(`next.${state}`)}</button>
  </section>
  <${Tell} incident=${current.incident} key=${current.incident} /><${Unsent} current=${current} />
  <${MapBox} />
  ${place && html`<a class="open" href="geo:${place.lat},${place.lon}?q=${place.lat},${place.lon}">${t("open_map")}</a>`}
  ${route && route.steps.length > 0 && html`<section class="way"><h2>${t("way")}</h2><ol>${route.steps.map((one, n) => html`<li key=${n}><span>${say(one.turn)}</span><span class="num soft">${distance(one.metres)}</span></li>`)}</ol></section>`}
  ${left.length > 0 && html`<details><summary>${t("other_steps")}</summary><div class="row wrap">${left.map((name) => html`<button key=${name} onClick=${() => step(name)}>${t(`state.${name}`)}</button>`)}</div></details>`}`;
}

/** @type {Api.Unit["status"][]} */
const STATUSES = ["available", "busy", "off_duty"];

/** @param {{ unit?: Api.Unit }} props */
function Standby({ unit }) {
  return html`<section class="standby"><h2>${t("unit_none")}</h2><p>${t("unit_wait")}</p>
    ${
      unit &&
      html`<div class="row wrap" role="group" aria-label=${t("status")}>${STATUSES.map(
        (name) => html`<button key=${name} aria-pressed=${unit.status === name} class=${unit.status === name ? "primary" : ""}
      onClick=${() => outbox.report("SetUnitStatus", { unit: unit.id, status: name })}>${t(`status.${name}`)}</button>`,
      )}</div>`
    }
    <p class="problem" role="alert">${outbox.problem}</p></section><${Unsent} /><${MapBox} />`;
}

function Unit() {
  const unit = feed.board.units[page.unit],
    current = job();
  return html`<header class="top"><strong class="id" translate=${false}>${page.unit}</strong><span class="grow" translate=${false}>${unit?.name ?? ""}</span><span class="num">${clock(feed.wall())}</span></header>
    ${feed.connected ? outbox.offline && html`<p class="banner" role="alert">${t("unit_offline")}</p>` : html`<${Silence} feed=${feed} also=${t("room_silent_unit")} />`}
    ${app.dataset.note && html`<p class="demo"><span class="demo-note" translate=${false}>${app.dataset.note}</span></p>`}
    <main id="main">${current ? html`<${Job} current=${current} key=${current.id} />` : html`<${Standby} unit=${unit} key="standby" />`}</main>
    <footer><span class="chip ${ui.gps === "on" ? "ok" : ui.gps === "refused" ? "bad" : "warn"}">${t(`gps.${ui.gps}`)}</span>
      ${outbox.fixes.length > 3 && html`<span class="chip warn">${t("gps.queued", { n: outbox.fixes.length })}</span>`}
      ${outbox.reports.length > 0 && html`<span class="chip warn">${t("not_sent", { n: outbox.reports.length })}</span>`}
      ${!ui.sound && html`<span class="chip warn">${t("sound_on")}</span>`}
      <span class="grow"></span><${OtherLanguage} then=${draw} />
      <button class="quiet" onClick=${theme}>${t("theme")}</button>
      <button class="quiet" onClick=${signOut}>${t("sign_out")}</button></footer>`;
}

function theme() {
  toggleTheme();
  map?.draw();
}

const draw = () => render(html`<${Unit} />`, app);
feed.listen(() => {
  const current = job();
  ring(!!current && stateOf(current) === "assigned");
  const key = current?.id ?? "";
  if (key !== told) {
    told = key;
    map = null;
  }
  loadRoute();
  drawMap();
  draw();
});
const keepAwake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", keepAwake);
keepAwake();
setInterval(draw, 1000);
draw();
const begun = feed.listen(() => {
  if (feed.seq === null) return;
  begun(); // before the room's first word nobody knows when a position is from
  watchPosition();
});
feed.start();
