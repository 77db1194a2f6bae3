// What the map shows: the choice of layers, remembered on this machine, and the legend of coverage.
import { html, useEffect } from "/npm/htm/preact/standalone.module.js";
import { get, problemFrom } from "../shared/api.mjs";
import { Closures } from "./closing.mjs";
import { LEVELS, levelOf, percent } from "./coverage_marks.mjs";
import { focusOn } from "../shared/dom.mjs";
import { t } from "../shared/i18n.mjs";
import { redraw, ui } from "../shared/store.mjs";
import { Weather } from "./weather.mjs";

export const LAYERS = ["units", "resting", "calls", "cameras", "closures", "coverage", "places"];
const USUAL = { units: true, resting: false, calls: true, cameras: true, closures: true, coverage: false, places: true };
const ANEW = 10_000,
  SOON = 2_000; // ms

const remembered = (/** @type {string} */ key) => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};
/** @type {Record<string, boolean>} */
export const layers = { ...USUAL, ...remembered("layers") };
/** @type {{ capability: string, now: Api.Covered | null, problem: string }} */
export const cover = { capability: localStorage.getItem("coverage") ?? "", now: null, problem: "" };

/** @param {string} name */
export function toggleLayer(name) {
  layers[name] = !layers[name];
  localStorage.setItem("layers", JSON.stringify(layers));
  ui.map?.choose(layers);
  if (name === "coverage") askCoverage();
  redraw();
}

export async function askCoverage() {
  if (!layers.coverage && ui.tab !== "coverage") {
    ui.map?.coverage(null);
    return;
  }
  const asked = cover.capability;
  try {
    const found = await get(`/api/v1/coverage?capability=${encodeURIComponent(asked)}`);
    if (asked !== cover.capability) return;
    Object.assign(cover, { now: found, problem: "" });
  } catch (wrong) {
    // What was chosen on another day may be in no unit's equipment any more.
    if (asked) {
      Object.assign(cover, { capability: "", now: null });
      askCoverage();
      return;
    }
    Object.assign(cover, { now: null, problem: problemFrom(wrong).message });
  }
  ui.map?.coverage(layers.coverage ? cover.now : null);
  redraw();
}
setInterval(() => {
  if (!document.hidden && (layers.coverage || ui.tab === "coverage")) askCoverage();
}, ANEW);

let soon = 0;
/** What units do has changed; many such changes are one question. */
export function coverSoon() {
  if (soon || !layers.coverage) return;
  soon = setTimeout(() => {
    soon = 0;
    askCoverage();
  }, SOON);
}

/** @param {string} capability */
function choose(capability) {
  cover.capability = capability;
  localStorage.setItem("coverage", capability);
  askCoverage();
}

/** @param {{ id: string }} props */
export function Capability({ id }) {
  const words = cover.now?.capabilities ?? [];
  return html`<label class="row" for=${id}><span>${t("cover.by")}</span> <select id=${id} value=${cover.now?.capability ?? ""} onChange=${(event) => choose(event.target.value)}>
    ${words.map((word) => html`<option key=${word} value=${word}>${t(`capability.${word}`)}</option>`)}</select></label>`;
}

/** What the figures mean, in a sentence. */
export function CoverMeans() {
  const { now } = cover;
  if (!now) return html`<p class="soft">${cover.problem || t("cover.waiting")}</p>`;
  return html`<p>${t("cover.all", { n: percent(now.overall.covered), plan: percent(now.overall.planned) })} <span class="soft">${t("cover.means", { m: Math.round(now.within_s / 60), idle: now.idle, duty: now.on_duty })}</span> ${!now.fresh && html`<span class="soft">${t("cover.old")}</span>`}</p>`;
}

/** @param {{ areas?: Api.CoveredArea[] }} props */
export function CoverTable({ areas = cover.now?.areas ?? [] }) {
  if (!areas.length) return null;
  const worst = [...areas].sort((a, b) => a.covered - b.covered || a.name.localeCompare(b.name));
  return html`<table class="listed cover"><thead><tr><th scope="col">${t("cover.area")}</th><th scope="col">${t("cover.now")}</th><th scope="col">${t("cover.plan")}</th></tr></thead>
    <tbody>${worst.map(
      (one) => html`<tr key=${one.name}>
        <th scope="row"><i class="swatch ${levelOf(one.covered).name}" aria-hidden="true"></i><span translate=${false}>${one.name}</span></th>
      <td class="num">${percent(one.covered)}</td><td class="num soft">${percent(one.planned)}</td></tr>`,
    )}</tbody></table>`;
}

/** The panel over the map. */
export function LayerPanel() {
  useEffect(() => {
    askCoverage();
    focusOn("#layers input");
  }, []);
  return html`<div class="map-panel card" id="layers" role="group" aria-label=${t("layers")}>
    <ul class="checks">${LAYERS.map((name) => html`<li key=${name}><label class="check"><input type="checkbox" checked=${layers[name]} onChange=${() => toggleLayer(name)} /> ${t(`layer.${name}`)}</label></li>`)}</ul>
    ${
      layers.coverage &&
      html`<div class="legend"><${Capability} id="cover-by" /><${CoverMeans} />
      <ul class="levels">${LEVELS.map((level) => html`<li key=${level.name}><i class="swatch ${level.name}" aria-hidden="true"></i>${t(`cover.${level.name}`)}</li>`)}</ul><${CoverTable} /></div>`
    }
    ${layers.closures && html`<div class="legend"><${Weather} /><${Closures} /></div>`}</div>`;
}
