// The auditor's page: a call's sound, its timeline and the map as it was, in step; and the proof of the journal.
import { html, render, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { get, problemFrom } from "./shared/api.mjs";
import { OtherLanguage, beginTheme, signOut, toggleTheme } from "./shared/bar.mjs";
import { drawPast } from "./map/closed.mjs";
import { byId } from "./shared/dom.mjs";
import { Feed } from "./shared/feed.mjs";
import { age, clock, day, has, inWords, lang, number, page, t, wordsOf } from "./shared/i18n.mjs";
import { makeMap } from "./map/map.mjs";
import { Silence } from "./shared/room_silence.mjs";
import { legName, partiesOf, sentence } from "./shared/sentences.mjs";
import { Data, Dotted } from "./shared/parts.mjs";

const REFRESH_EVERY = 5000;
const app = byId("app");
const feed = new Feed(); // only for whether the room is heard: the list is asked for
/** A recording of the call that is shown, with what plays it; `peaks`: null until they are there.
 * @typedef {Api.RecordingSealed & { player: HTMLAudioElement, peaks: number[] | null }} Recording */
/** @typedef {Api.CallNow & { id: string }} Told */
/** @type {{ calls: Api.CallRow[], more: boolean, text: string, story: Told | null, recordings: Recording[], at: number, board: Api.BoardThen | null,
 *   verdict: Api.VerificationReport | null, checking: boolean, problem: string, playing: boolean, clock: number, focused: string }} */
const ui = {
  calls: [],
  more: true,
  text: "",
  story: null,
  recordings: [],
  at: 0,
  board: null,
  verdict: null,
  checking: false,
  problem: "",
  playing: false,
  clock: 0,
  focused: "",
};
beginTheme("night");
/** @type {import("./map/map.mjs").CityMap | null} */
let map = null;
/** @type {Api.CityNow | null} */
let city = null;
let wanted = 0;

/** @template T
 * @param {() => Promise<T>} request
 * @returns {Promise<T | null>} */
async function attempt(request) {
  try {
    ui.problem = "";
    return await request();
  } catch (wrong) {
    ui.problem = problemFrom(wrong).message;
    return null;
  } finally {
    draw();
  }
}

async function list(more = false) {
  const oldest = ui.calls.at(-1);
  const before = more && oldest ? `&before=${oldest.seq}` : "";
  const rows = await attempt(() => get(`/api/v1/calls?limit=50${before}&q=${encodeURIComponent(ui.text)}`));
  if (!rows) return;
  ui.calls = more ? [...ui.calls, ...rows] : rows;
  ui.more = rows.length === 50;
  draw();
}

// New calls come to the head of the list by themselves; what was loaded further down stays.
let refreshing = false;
async function refresh() {
  if (refreshing || document.hidden || ui.text || !feed.connected) return;
  refreshing = true;
  const rows = await get("/api/v1/calls?limit=50")
    .catch(() => null)
    .finally(() => {
      refreshing = false;
    });
  if (!rows || ui.text) return;
  const fresh = new Set(rows.map((row) => row.call)),
    oldest = rows.at(-1);
  ui.calls = [...rows, ...ui.calls.filter((row) => !fresh.has(row.call) && oldest && row.seq < oldest.seq)];
  draw();
}

/** @param {string} call */
async function open(call) {
  stop();
  const story = await attempt(() => get(`/api/v1/calls/${encodeURIComponent(call)}`));
  if (!story) return;
  ui.story = { ...story, id: call };
  ui.recordings = story.steps
    .map((one) => one.event)
    .filter((event) => event.event === "RecordingSealed")
    .map((event) => ({ ...event, player: new Audio(`/api/v1/recordings/${event.digest}`), peaks: null }));
  for (const one of ui.recordings) {
    one.player.preload = "none"; // asking for the sound is journaled as listening to it
    get(`/api/v1/recordings/${one.digest}/peaks`)
      .then((found) => {
        one.peaks = found.peaks;
        draw();
      })
      .catch((wrong) => {
        ui.problem = wrong.message;
        draw();
      });
  }
  location.hash = call;
  readWords();
  show(0);
}

// -- the words of then: what a call-taker read stands in the words that were in force at that entry
/** By their digest; null where they are not there.
 * @type {Map<string, Awaited<ReturnType<typeof wordsOf>>>} */
const words = new Map();
/** @param {number} seq */
const digestAt = (seq) => ui.story?.catalogues.findLast((one) => one.language === lang && one.seq <= seq)?.digest || "";

async function readWords() {
  const digests = new Set((ui.story?.catalogues ?? []).filter((one) => one.language === lang).map((one) => one.digest));
  for (const digest of digests) {
    if (!digest || digest === page.words[lang] || words.has(digest)) continue;
    const then = await wordsOf(digest).catch(() => undefined); // the next call that is opened asks again
    if (then !== undefined) words.set(digest, then);
  }
  draw();
}

function WordsThen() {
  const digests = new Set(
    steps()
      .map((step) => digestAt(step.seq))
      .filter((digest) => words.has(digest)),
  );
  return [...digests].map(
    (digest) =>
      html`<p class="soft" key=${digest}>${t(words.get(digest) ? "words_then" : "words_lost", { digest: digest.slice(0, 12) })}</p>`,
  );
}

const steps = () => ui.story?.steps ?? [];

// -- the clock of the replay: seconds since 1970; sound and timeline both follow it
const start = () =>
  Math.min(
    ...ui.recordings.map((one) => one.started),
    ...steps()
      .slice(0, 1)
      .map((step) => step.at),
  );
// The replay lasts as long as the call: an incident may stay open for hours after it.
const end = () =>
  Math.max(
    ...ui.recordings.map((one) => one.started + one.seconds),
    ...steps()
      .filter((step) => step.event.event === "CallEnded")
      .map((step) => step.at),
    start() + 1,
  );

/** @param {number} index */
async function show(index, move = true) {
  const story = ui.story;
  if (!story) return;
  ui.at = Math.max(0, Math.min(story.steps.length - 1, index));
  if (move) {
    ui.clock = Math.max(start(), story.steps[ui.at].at);
    if (ui.playing) seek();
  }
  draw();
  document.querySelector(".step.chosen")?.scrollIntoView({ block: "nearest" });
  const seq = story.steps[ui.at].seq;
  wanted = seq;
  const at = encodeURIComponent(story.mark.replace(/\d+$/, `${seq}`));
  const then = await attempt(() => get(`/api/v1/replay?call=${encodeURIComponent(story.id)}&at=${at}`));
  if (then && wanted === seq) {
    ui.board = then;
    drawMap();
    draw();
  }
}

function seek() {
  for (const one of ui.recordings) {
    const at = ui.clock - one.started;
    if (at >= 0 && at < one.seconds) {
      one.player.currentTime = at;
      one.player.play().catch(() => {});
    } else one.player.pause();
  }
}

let last = 0;
/** @param {number} now */
function tick(now) {
  if (!ui.playing) return;
  // The sound that plays is the clock; where none plays, time passes by itself.
  const sounding = ui.recordings.find((one) => !one.player.paused && one.player.readyState > 2);
  if (sounding) ui.clock = sounding.started + sounding.player.currentTime;
  else ui.clock += Math.min(0.25, (now - last) / 1000);
  last = now;
  for (const one of ui.recordings) {
    const at = ui.clock - one.started;
    if (one.player.paused && at >= 0 && at < one.seconds - 0.1) {
      one.player.currentTime = at;
      one.player.play().catch(() => {});
    }
  }
  const index = steps().findLastIndex((step) => step.at <= ui.clock + 0.02);
  if (index >= 0 && index !== ui.at) show(index, false);
  if (ui.clock > end()) stop();
  else requestAnimationFrame(tick);
  draw();
}

function play() {
  if (ui.playing) {
    stop();
    draw();
    return;
  }
  if (ui.clock >= end() - 0.2) ui.clock = start();
  ui.playing = true;
  last = performance.now();
  seek();
  requestAnimationFrame(tick);
  draw();
}

function stop() {
  ui.playing = false;
  for (const one of ui.recordings) one.player.pause();
}

const jump = (/** @type {number} */ at) => {
  ui.clock = at;
  if (ui.playing) seek();
  const index = steps().findLastIndex((step) => step.at <= at);
  show(Math.max(0, index), false);
};

function drawMap() {
  const { story } = ui;
  if (!map || !ui.board || !story) return;
  const { calls, incidents, units, assignments, closures } = ui.board.board;
  map.units(units, ui.board.fixes, assignments, ui.clock);
  drawPast(map, closures);
  /** @type {MapSpot[]} */
  const spots = [];
  const call = calls[story.id];
  for (const found of call?.locations ?? []) spots.push({ ...found, kind: "call", label: number(call.caller), chosen: true });
  const incident = incidents[story.incident];
  if (incident?.location) spots.push({ ...incident.location, kind: "incident", label: incident.id, chosen: true });
  map.spots(spots);
  const focus = incident?.location ?? call?.locations.at(-1);
  if (focus && ui.focused !== story.id) {
    ui.focused = story.id;
    map.go(focus.lat, focus.lon, 15);
  }
}

async function verify() {
  ui.checking = true;
  ui.verdict = null;
  draw();
  ui.verdict = await attempt(() => get("/api/v1/verify"));
  ui.checking = false;
  draw();
}

/** @param {{ one: Recording, parties: Map<string, string> }} props */
function Wave({ one, parties }) {
  const span = Math.max(1, end() - start());
  const left = ((one.started - start()) / span) * 100,
    width = (one.seconds / span) * 100;
  const bars = one.peaks ?? [];
  const path = bars.map((peak, n) => `M${n} ${50 - Math.max(1, peak * 48)}V${50 + Math.max(1, peak * 48)}`).join("");
  return html`<div class="wave"><span class="who" translate=${!parties.has(one.leg.replace(/^party-/, ""))}>${legName(one.leg, parties)}</span><div class="track" onClick=${(event) => jump(start() + (event.offsetX / event.currentTarget.clientWidth) * span)}>
    <svg class=${one.leg} viewBox="0 0 ${Math.max(1, bars.length)} 100" preserveAspectRatio="none" aria-hidden="true" ref=${(
      /** @type {SVGElement | null} */ node,
    ) => {
      if (node) {
        node.style.left = `${left}%`;
        node.style.width = `${width}%`;
      }
    }}><path d=${path} /></svg>
    <i class="head" ref=${(/** @type {HTMLElement | null} */ node) => {
      if (node) node.style.left = `${Math.min(100, Math.max(0, ((ui.clock - start()) / span) * 100))}%`;
    }}></i></div></div>`;
}

function MapBox() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!box.current) return;
    makeMap(box.current, {}).then((made) => {
      map = made;
      city = made.city;
      drawMap();
      draw();
    });
  }, []);
  return html`<div class="map" aria-label=${t("map_then")}><div class="leaflet-box" ref=${box}></div></div>`;
}

/** @param {{ story: Told }} props */
function Story({ story: { steps: all, id, incident } }) {
  const parties = partiesOf(all.map((step) => step.event));
  const [first] = all,
    caller = first?.event.event === "CallReceived" ? first.event.caller : "";
  return html`<section class="story">
    <header class="row spread"><div><h2><${Dotted} of=${[html`<span translate=${!caller}>${number(caller)}</span>`, incident && html`<${Data}>${incident}</${Data}>`]} /></h2><p class="soft num" translate=${false}>${day(first.at)} ${clock(first.at)} · ${id}</p></div>
      <div class="row"><button class="primary big" onClick=${play} aria-pressed=${ui.playing}>${ui.playing ? t("pause") : t("play")}</button><span class="clock num">${clock(ui.clock)}</span></div></header>
    <${WordsThen} />
    ${ui.recordings.length ? html`<div class="waves ${ui.recordings.length > 3 ? "many" : ""}">${ui.recordings.map((one) => html`<${Wave} one=${one} parties=${parties} key=${one.digest} />`)}</div>` : html`<p class="soft">${t("no_recordings")}</p>`}
    <label class="hidden-text" for="slider">${t("step")}</label>
    <input id="slider" type="range" min="0" max=${all.length - 1} value=${ui.at} onInput=${(event) => show(Number(event.target.value))} />
    <div class="columns"><${MapBox} />
      <ol class="timeline" aria-label=${t("timeline")}>${all.map(
        (step, n) => html`<li key=${step.seq}>
          <button class="step ${n === ui.at ? "chosen" : ""}" aria-current=${n === ui.at} onClick=${() => show(n)}>
        <span class="num soft">${clock(step.at)}</span><span>${inWords(words.get(digestAt(step.seq)) ?? null, () => sentence(step.event, city, parties))}${step.event.erased && html` <em class="soft">${t("erased")}</em>`}</span><span class="num soft seq">${t("entry", { n: step.seq })}</span></button></li>`,
      )}</ol></div>
    <p class="soft"><${Dotted} of=${[t("step_keys"), t("recorded_view")]} /></p></section>`;
}

/** @param {Api.CallRow} row */
function outcome(row) {
  if (row.answered) return t("answered_after", { s: Math.max(0, Math.round(row.answered - row.received)) });
  return t("not_answered");
}

const SHOWN = 50;
/** @param {Api.Fault} fault */
const faultWords = ({ kind, code, seq, upto, what = "" }) => {
  const key = has(`fault.${kind}.${code}`) ? `fault.${kind}.${code}` : `fault.${code}`;
  return t(key, { kind: t(`kept.${kind}`), seq, upto, what: /^[0-9a-f]{64}$/.test(what) ? `${what.slice(0, 12)}…` : what });
};

/** @param {{ v: Api.VerificationReport }} props */
function Verdict({ v }) {
  const all = Object.values(v.kinds).reduce((sum, n) => sum + n, 0);
  if (v.intact)
    return html`<p class="verdict good" role="status">${t("intact", { n: v.entries, r: v.recordings, p: v.photos, m: v.messages, c: v.catalogues, a: v.accounts, e: v.erased, h: v.head.slice(0, 16) })}</p>`;
  return html`<div class="verdict bad" role="status"><p>${t("broken", { n: all })}</p>
    <ul>${v.faults.slice(0, SHOWN).map((fault) => html`<li>${faultWords(fault)}</li>`)}${all > SHOWN && html`<li>${t("faults_more", { n: all - SHOWN })}</li>`}</ul></div>`;
}

function Audit() {
  const v = ui.verdict;
  return html`<header class="top"><img src="/static/shared/icon.svg" alt="" width="34" height="34" /><h1>${t("audit")}<span translate=${false}>${app.dataset.city}</span></h1>
      ${app.dataset.note && html`<span class="demo-note" translate=${false}>${app.dataset.note}</span>`}<span class="grow"></span>
      <button class="primary" onClick=${verify} disabled=${ui.checking}>${t("verify")}</button>
      ${page.may.pages.includes("console") && html`<a href="/console">${t("console")}</a>`}
      <button class="quiet" onClick=${theme}>${t("theme")}</button><${OtherLanguage} then=${() => (ui.story ? readWords() : draw())} />
      <button class="quiet" onClick=${signOut}>${t("sign_out_of", { name: page.name })}</button></header>
    ${!feed.connected && html`<${Silence} feed=${feed} also=${t("room_silent_audit")} />`}
    ${ui.checking && html`<p class="verdict" role="status">${t("verifying")}</p>`}
    ${v && html`<${Verdict} v=${v} />`}
    ${ui.problem && html`<p class="banner" role="alert">${ui.problem}</p>`}
    <main id="main" class="audit"><aside class="list"><form onSubmit=${(event) => {
      event.preventDefault();
      list();
    }}><input type="search" placeholder=${t("search")} aria-label=${t("search")} value=${ui.text} onInput=${(event) => {
      ui.text = event.target.value;
      list();
    }} /></form>
      <ul>${ui.calls.map(
        (row) => html`<li key=${row.call}>
          <button class="row-call ${ui.story?.id === row.call ? "chosen" : ""}" aria-current=${ui.story?.id === row.call} onClick=${() => open(row.call)}>
        <span class="row spread"><strong class="num" translate=${!row.caller}>${number(row.caller)}</strong><span class="num soft">${clock(row.received)}</span></span>
        <span class="row spread soft"><span><${Dotted} of=${[outcome(row), row.user && html`<${Data}>${row.user}</${Data}>`]} /></span><span class="num">${row.ended ? age(row.ended - row.received) : ""}</span></span>
        <span class="soft"><${Dotted} of=${[row.incident && html`<${Data}>${row.incident}</${Data}>`, row.disposition && t(`disp.${row.disposition}`), row.recordings > 0 && t("recordings_n", { n: row.recordings })]} /></span></button></li>`,
      )}</ul>
      ${!ui.calls.length && html`<p class="soft">${t("no_calls_yet")}</p>`}${ui.more && ui.calls.length > 0 && html`<button onClick=${() => list(true)}>${t("more")}</button>`}</aside>
      ${ui.story ? html`<${Story} key="story" story=${ui.story} />` : html`<section class="story empty"><p>${t("pick_call")}</p><p class="soft">${t("recorded_view")}</p></section>`}</main>`;
}

function theme() {
  toggleTheme();
  map?.draw();
}

addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!ui.story || target?.matches("input[type=search]")) return;
  const move = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (move) {
    event.preventDefault();
    show(ui.at + move);
  }
  if (event.key === " " && !target?.matches("button")) {
    event.preventDefault();
    play();
  }
});

let told = false;
const draw = () => render(html`<${Audit} />`, app);
draw();
await list();
feed.listen(({ whole }) => {
  if (whole) refresh();
  if (feed.connected !== told) draw();
  told = feed.connected;
});
feed.start();
setInterval(() => {
  if (!feed.connected) draw();
}, 1000);
setInterval(refresh, REFRESH_EVERY);
if (location.hash.length > 1) open(decodeURIComponent(location.hash.slice(1)));
