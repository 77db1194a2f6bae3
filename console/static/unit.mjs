// A crew's page, for a phone in the rain: what and where, one huge button for the next step, the way, the position.
import { html, render, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { ask, get } from "./api.mjs";
import { Ringer } from "./audio.mjs";
import { Feed } from "./feed.mjs";
import { clock, distance, duration, lang, page, t } from "./i18n.mjs";
import { makeMap } from "./map.mjs";
import { Outbox } from "./outbox.mjs";

const NEXT = { assigned: "acknowledged", acknowledged: "en_route", en_route: "on_scene", on_scene: "clear" };
const STATUSES = ["available", "busy", "off_duty"];
const FIX_EVERY = 2000; // ms
const app = document.getElementById("app");
const feed = new Feed();
const ringer = new Ringer();
const ui = { city: null, map: null, route: null, routeFor: "", gps: "off", here: null, note: "" };
let due = false;

document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "day";

function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; render(html`<${Crew} />`, app); });
}

const outbox = new Outbox(redraw);
const me = () => feed.board.units[page.unit];
const task = () => feed.board.assignments[me()?.assignment];

// What was pressed counts at once on this page, although the centre may not know it yet.
function shownState(job) {
  const own = outbox.reports.filter((one) => one.fields.assignment === job.id).at(-1);
  if (!own) return job.state;
  return own.name === "Acknowledge" ? "acknowledged" : own.fields.progress;
}

function press(job) {
  const next = NEXT[shownState(job)];
  navigator.vibrate?.(60);
  ringer.ring(false);
  if (next === "acknowledged") outbox.report("Acknowledge", { assignment: job.id });
  else outbox.report("ReportProgress", { assignment: job.id, progress: next });
  redraw();
}

function Top() {
  const unit = me();
  return html`<header class="unit-top">
    <img src="/static/icon.svg" alt="" width="30" height="30" />
    <h1>${page.unit}<span>${unit?.name ?? ""}</span></h1>
    <a href="?lang=${lang === "id" ? "en" : "id"}">${t("language_other")}</a>
    <button class="quiet" onClick=${async () => { await ask("DELETE", "/api/v1/session").catch(() => {}); location.href = "/sign-in"; }}>${t("sign_out")}</button>
    ${app.dataset.note && html`<p class="demo-note">${app.dataset.note}</p>`}
  </header>`;
}

function Job({ job }) {
  const incident = feed.board.incidents[job.incident];
  const type = ui.city?.incident_types.find((one) => one.id === incident?.type);
  const state = shownState(job);
  const next = NEXT[state];
  const place = incident?.location;
  return html`<section class="job ${state}" aria-live="assertive">
    <p class="job-kind"><span class="chip ${state === "assigned" ? "bad" : "on"}">${state === "assigned" ? t("unit_new") : t(`state.${state}`)}</span>
      <span class="num">${job.incident} · ${clock(job.assigned)}</span></p>
    <h2>${type?.[`name_${lang}`] ?? incident?.type ?? ""}</h2>
    <p class="job-where">${incident?.address || (place ? `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}` : t("no_place"))}</p>
    ${ui.route && html`<p class="job-away num">${distance(ui.route.metres)} · ${duration(ui.route.seconds)}</p>`}
    ${incident?.notes.length > 0 && html`<ul class="job-notes">${incident.notes.map((note, n) => html`<li key=${n}><span class="soft num">${clock(note.at)}</span> ${note.text}</li>`)}</ul>`}
  </section>
  ${next && html`<button class="next s-${next}" id="next" onClick=${() => press(job)}>${t(`next.${state}`)}</button>`}
  <div class="pair">
    ${place && html`<a class="button" href="geo:${place.lat},${place.lon}?q=${place.lat},${place.lon}(${job.incident})">${t("open_map")}</a>`}
  </div>
  <${Tell} incident=${job.incident} />`;
}

function Tell({ incident }) {
  const send = (event) => {
    event.preventDefault();
    if (ui.note.trim()) outbox.report("AddNote", { incident, text: ui.note.trim() });
    ui.note = "";
    redraw();
  };
  return html`<form class="tell" onSubmit=${send}><input value=${ui.note} aria-label=${t("tell_centre")} placeholder=${t("tell_centre")} onInput=${(event) => { ui.note = event.target.value; }} />
    <button>${t("send")}</button></form>`;
}

function Way() {
  const box = useRef(null);
  useEffect(() => {
    makeMap(box.current).then((map) => { ui.map = map; ui.city = map.city; draw(); redraw(); });
  }, []);
  return html`<section class="way" aria-label=${t("way")}>
    <div class="way-map"><div class="leaflet-box" ref=${box}></div></div>
    ${ui.route?.steps.length > 0 && html`<h2>${t("way")}</h2><ol>${ui.route.steps.map((step, n) => html`<li key=${n}><span>${step[`turn_${lang}`]}</span><span class="num soft">${distance(step.metres)}</span></li>`)}</ol>`}
    ${ui.route?.mode === "straight-line" && html`<p class="soft">${t("straight")}</p>`}
  </section>`;
}

function Status() {
  const unit = me();
  if (!unit) return null;
  return html`<fieldset class="status"><legend>${t("status")}</legend>
    ${STATUSES.map((one) => html`<button key=${one} aria-pressed=${unit.status === one} onClick=${() => outbox.report("SetUnitStatus", { unit: unit.id, status: one })}>${t(`status.${one}`)}</button>`)}
  </fieldset>`;
}

function Signs() {
  const waits = outbox.fixes.length;
  const gps = ui.gps !== "on" ? t(`gps.${ui.gps}`) : outbox.offline && waits ? t("gps.queued", { n: waits }) : `${t("gps.on")}${outbox.sentAt ? ` · ${clock(outbox.sentAt)}` : ""}`;
  return html`<div class="signs" role="status">
    <span class="chip ${ui.gps === "on" && !outbox.offline ? "ok" : ui.gps === "refused" ? "bad" : "warn"}">${gps}</span>
    ${outbox.reports.length > 0 && html`<span class="chip warn">${t("not_sent", { n: outbox.reports.length })}</span>`}
  </div>
  ${outbox.problem && html`<p class="banner" role="alert">${outbox.problem}</p>`}`;
}

function Crew() {
  const job = task();
  const lost = !feed.connected && feed.seq !== null;
  return html`<${Top} />
    ${(lost || outbox.offline) && html`<p class="banner" role="alert">${t("unit_offline")}</p>`}
    <main id="main" class="crew" tabindex="-1">
      ${job ? html`<${Job} job=${job} key=${job.id} />` : html`<section class="job idle"><h2>${t("unit_none")}</h2><p>${t(feed.seq === null ? "connecting" : "unit_wait")}</p></section>`}
      <${Signs} />
      <${Way} />
      <${Status} />
    </main>`;
}

function draw() {
  if (!ui.map) return;
  const { units, assignments, incidents } = feed.board;
  const fixes = ui.here ? { ...feed.fixes, [page.unit]: ui.here } : feed.fixes;
  ui.map.units(units, fixes, assignments);
  const place = incidents[task()?.incident]?.location;
  ui.map.spots(place ? [{ ...place, kind: "incident", label: task().incident, chosen: true }] : [], ui.route?.path);
}

async function findWay() {
  const job = task();
  const place = feed.board.incidents[job?.incident]?.location;
  const key = place ? `${job.id} ${place.lat} ${place.lon}` : "";
  if (key === ui.routeFor) return;
  ui.routeFor = key;
  ui.route = null;
  if (key) {
    ui.route = await get(`/api/v1/route?assignment=${job.id}`).catch(() => null);
    if (ui.route?.path.length) ui.map?.fit(ui.route.path);
  }
  draw();
  redraw();
}

function followPosition() {
  if (!navigator.geolocation) return;
  let last = 0;
  navigator.geolocation.watchPosition((got) => {
    ui.gps = "on";
    if (got.timestamp - last < FIX_EVERY) return;
    last = got.timestamp;
    const { latitude: lat, longitude: lon, speed, heading, accuracy } = got.coords;
    ui.here = { unit: page.unit, lat, lon, at: got.timestamp / 1000, speed: speed ?? 0, bearing: heading ?? 0, accuracy };
    outbox.fix(ui.here);
    draw();
  }, (wrong) => {
    ui.gps = wrong.code === wrong.PERMISSION_DENIED ? "refused" : "off";
    redraw();
  }, { enableHighAccuracy: true, maximumAge: 1000 });
}

// The screen stays on while the page is looked at; the browser takes the lock away whenever it is not.
async function stayAwake() {
  if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
}

let alarmed = "";
feed.listen(() => {
  const job = task();
  const waits = !!job && shownState(job) === "assigned";
  ringer.ring(waits);
  if (waits && alarmed !== job.id) { alarmed = job.id; navigator.vibrate?.([400, 150, 400, 150, 700]); scrollTo(0, 0); }
  findWay();
  draw();
  redraw();
});
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
followPosition();
redraw();
feed.start();
