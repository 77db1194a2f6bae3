// Closing a street: drawn on the map or chosen by its name, with what it would stop told before it is done.
import { html, useEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get, post, problemFrom } from "../shared/api.mjs";
import { closureLabel } from "./closed.mjs";
import { Does } from "../shared/does.mjs";
import { clock, may, t } from "../shared/i18n.mjs";
import { PlaceSearch } from "../shared/search.mjs";
import { feed, redraw, ui } from "../shared/store.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

const SHAPES = /** @type {const} */ (["line", "area", "point"]);
const LEAST = { line: 2, area: 3, point: 1 };
const BESIDE = 15,
  ROUND = 25; // m
const PART = 200; // m to each side of the place that was found
const WHYS = ["flood", "tree", "fire", "crash", "event", "works"];
export const mayClose = may("CloseStreet");

/** @param {number} at */
const daySeconds = (at) => {
  const [h, m, s] = clock(at).split(":").map(Number);
  return (h * 60 + m) * 60 + s;
};
// Six in the evening, or in the morning when the evening is near or has begun.
function evening() {
  const now = feed.now(),
    past = daySeconds(now);
  return now - past + (past < 5 * 3600 ? 6 : past < 17 * 3600 ? 18 : 30) * 3600;
}
const UNTILS = /** @type {const} */ (["hour", "evening", "lifted"]);
const UNTIL = { hour: () => feed.now() + 3600, evening, lifted: () => 0 };
/** @param {number} at */
const time = (at) => clock(at).slice(0, 5);

/** @returns {Drawing} */
const fresh = () => ({
  shape: "line",
  points: [],
  radius: BESIDE,
  stops: "all",
  why: "",
  until: "lifted",
  named: null,
  part: false,
  text: "",
  found: null,
  problem: "",
});

/** @type {Drawing | null} */
let begun = null; // what was drawn and typed and not closed, until it is taken up again

export function toggleClosing() {
  if (!mayClose) return;
  if (ui.closing) {
    putAway();
    return;
  }
  Object.assign(ui, { closing: begun ?? fresh(), panel: "", tab: "closures" });
  begun = null;
  look();
}

/** Puts the drawing aside, on the map too; it is there again when it is opened. */
export function putAway() {
  begun = ui.closing ?? begun;
  ui.closing = null;
  sketch();
}

function throwAway() {
  ui.closing = begun = null;
  sketch();
}

/** Takes the last point back, or ends the drawing; whether there was one. */
export function undoClosing() {
  const drawing = ui.closing;
  if (!drawing) return false;
  if (!drawing.points.length) putAway();
  else {
    set({ points: drawing.named ? [] : drawing.points.slice(0, -1), named: null, found: null });
    look();
  }
  return true;
}

/** A click on the map while a street is being closed.
 * @param {number} lat @param {number} lon */
export function addPoint(lat, lon) {
  const drawing = ui.closing;
  if (!drawing) return;
  const before = drawing.named || drawing.shape === "point" ? [] : drawing.points;
  set({ points: [...before, [lat, lon]], named: null });
  look();
}

/** @param {Partial<Drawing>} fields */
function set(fields) {
  if (ui.closing) Object.assign(ui.closing, fields);
  redraw();
}

function sketch() {
  const drawing = ui.closing;
  ui.map?.sketch(
    drawing && { ...drawing, points: drawing.named && drawing.shape === "line" ? [] : drawing.points, lines: drawing.found?.lines ?? [] },
  );
  if (drawing && !drawn(drawing)) drawing.found = null;
  redraw();
}

/** @param {Drawing} drawing @returns {Api.Drawn | null} */
const drawn = ({ shape, points, radius }) => (points.length >= LEAST[shape] ? { shape, points, radius_m: radius } : null);

// What it would stop; an answer that comes after the next point is nobody's.
async function look() {
  const drawing = ui.closing,
    asked = drawing && drawn(drawing);
  sketch();
  if (!asked) return;
  const { points } = drawing;
  try {
    const found = await post("/api/v1/closures/preview", asked);
    if (ui.closing !== drawing || drawing.points !== points) return;
    Object.assign(drawing, { found, problem: "" });
  } catch (wrong) {
    if (ui.closing !== drawing || drawing.points !== points) return;
    Object.assign(drawing, { found: null, problem: problemFrom(wrong).message });
  }
  sketch();
}

/** @param {Api.Hit} hit @param {boolean} part */
async function pick(hit, part) {
  const drawing = ui.closing;
  set({ text: hit.name, named: hit, part, problem: "", found: null });
  try {
    if (hit.kind !== "street") set({ shape: "point", radius: ROUND, points: [[hit.lat, hit.lon]] });
    else {
      const within = part ? `&within=${PART}` : "";
      const line = await get(`/api/v1/streets?name=${encodeURIComponent(hit.name)}&lat=${hit.lat}&lon=${hit.lon}${within}`);
      if (ui.closing !== drawing || drawing?.named !== hit) return;
      set({ shape: "line", radius: BESIDE, points: line.points });
    }
  } catch (wrong) {
    if (ui.closing === drawing && drawing?.named === hit) set({ points: [], problem: problemFrom(wrong).message });
    return;
  }
  ui.map?.go(hit.lat, hit.lon);
  look();
}

/** @param {Drawing["shape"]} shape */
function turn(shape) {
  set({ shape, points: [], named: null, found: null, radius: shape === "point" ? ROUND : BESIDE, text: "" });
  sketch();
}

/** @param {SubmitEvent} event */
async function close(event) {
  event.preventDefault();
  const drawing = ui.closing,
    asked = drawing && drawn(drawing);
  if (!asked) return;
  const { stops, why, until } = drawing;
  try {
    await command("CloseStreet", { drawn: asked, stops, why: why.trim(), until: Math.round(UNTIL[until]()) });
    if (ui.closing === drawing) throwAway();
    else begun = null;
  } catch (wrong) {
    drawing.problem = problemFrom(wrong).message;
    redraw();
  }
}

/** @param {Drawing} drawing */
function told({ shape, points, found }) {
  if (found)
    return found.pieces
      ? t("closing.stops", { n: found.pieces, streets: found.streets.join(", ") || t("closing.unnamed") })
      : t("closing.nothing");
  return t(points.length ? "closing.more" : "closing.how", { shape });
}

/** The form; without the map (`map` false) a street is found by its name.
 * @param {{ map: boolean }} props */
export function Closing({ map }) {
  const one = ui.closing;
  useEffect(() => {
    document.getElementById(map ? "closing-line" : "closing-name")?.focus();
  }, []);
  if (!one) return null;
  const choices = {
    hour: t("closing.hour", { time: time(UNTIL.hour()) }),
    evening: t("closing.evening", { time: time(evening()) }),
    lifted: t("closing.lifted"),
  };
  return html`<form class="card closing ${map ? "map-panel" : ""}" onSubmit=${close} aria-label=${t("closing")}>
    <div class="row spread"><h2>${t("closing")}</h2><span class="row"><button type="button" class="quiet" onClick=${putAway}>${t("draft.aside")} <kbd>Esc</kbd></button><button type="button" class="quiet" onClick=${throwAway}>${t("draft.discard")}</button></span></div>
    ${map && html`<div class="segments" role="group" aria-label=${t("closing.draw")}>${SHAPES.map((shape) => html`<button key=${shape} id=${`closing-${shape}`} type="button" aria-pressed=${one.shape === shape && !one.named} onClick=${() => turn(shape)}>${t(`closing.${shape}`)}</button>`)}</div>`}
    <${PlaceSearch} id="closing-name" label=${t(map ? "closing.or_name" : "closing.name")} value=${one.text} most=${5} near=${() => null} onText=${(/** @type {string} */ text) => set({ text })} onPick=${(/** @type {Api.Hit} */ hit) => pick(hit, one.part)} />
    ${one.named?.kind === "street" && html`<label class="check"><input type="checkbox" checked=${one.part} onChange=${() => one.named && pick(one.named, !one.part)} /> ${t("closing.part", { m: PART })}</label>`}
    <p class="${one.found && !one.found.pieces ? "problem" : ""}" role="status"><span>${told(one)}</span>${one.points.length > 0 && html` <button type="button" class="quiet" onClick=${undoClosing}>${t("closing.undo")}</button>`}</p>
    <label>${t("closing.why")}<input id="closing-why" maxlength="200" value=${one.why} list="closing-whys" autocomplete="off" onInput=${(event) => set({ why: event.target.value })} /></label>
    <datalist id="closing-whys">${WHYS.map((why) => html`<option key=${why} value=${t(`closing.why.${why}`)} />`)}</datalist>
    <div class="segments" role="group" aria-label=${t("closing.until")}>${UNTILS.map((key) => html`<button key=${key} type="button" aria-pressed=${one.until === key} onClick=${() => set({ until: key })}>${choices[key]}</button>`)}</div>
    <label class="check"><input type="checkbox" checked=${one.stops === "cars"} onChange=${() => set({ stops: one.stops === "cars" ? "all" : "cars" })} /> ${t("closing.cars")}</label>
    ${one.problem && html`<p class="problem" role="alert">${one.problem}</p>`}
    <button class="danger" disabled=${!one.found?.pieces || !feed.connected}>${t("closing.do")}</button></form>`;
}

export function Closures() {
  const all = Object.values(feed.board.closures).sort((a, b) => b.since - a.since);
  const [problem, setProblem] = useState("");
  const lift = (/** @type {Api.Closure} */ one) =>
    command("ReopenStreet", { closure: one.id }).then(
      () => setProblem(""),
      (wrong) => setProblem(wrong.message),
    );
  return html`<div class="closures">${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${
      all.length
        ? html`<ul class="rows">${all.map(
            (one) => html`<li key=${one.id}><div class="grow"><strong>${closureLabel(one)}</strong>
      <p class="soft"><${Dotted} of=${[one.streets.length ? html`<${Data}>${one.streets.join(", ")}</${Data}>` : t("closing.unnamed"), t("closing.pieces", { n: one.pieces }), one.stops === "cars" && t("closing.cars"), html`<${Data}>${clock(one.since).slice(0, 5)} ${one.by}</${Data}>`]} /></p></div>
      ${ui.map && ui.view === "map" && html`<button class="quiet" onClick=${() => ui.map?.go(...one.drawn.points[0])}>${t("closing.show")}</button>`}
      ${mayClose && html`<${Does} does=${() => lift(one)}>${t("closing.lift")}</${Does}>`}</li>`,
          )}</ul>`
        : html`<p class="soft">${t("closing.none")}</p>`
    }</div>`;
}
