// What the map shows, in lists: for screen readers, slow computers, and when the map cannot be drawn.
import { html, useEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { get } from "../shared/api.mjs";
import { Closing, Closures, mayClose, putAway, toggleClosing } from "./closing.mjs";
import { show } from "../shared/drafts.mjs";
import { Badge } from "../incident/units.mjs";
import { away } from "../shared/earth.mjs";
import { age, clock, distance, duration, lang, may, t } from "../shared/i18n.mjs";
import { CoverMeans, CoverTable, Capability, askCoverage, layers, toggleLayer } from "./layers.mjs";
import { Names, added } from "./aliases.mjs";
import { resting, sighted, stateOf, unsureOf } from "../shared/sighted.mjs";
import { feed, redraw, typeName, ui } from "../shared/store.mjs";
import { Weather } from "./weather.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

/** @typedef {{ incident?: Api.Incident, spot: Spot | null }} Looked */

/** @type {Record<string, string>} */
const LOOK = { available: "ok", assigned: "warn", acknowledged: "on", en_route: "on", on_scene: "ok", busy: "warn" };
const open = () =>
  Object.values(feed.board.incidents)
    .filter((one) => one.state === "open")
    .sort((a, b) => b.opened - a.opened);

/** To the incident that is chosen, by its ranking where that has the unit, else as the crow flies.
 * @param {Api.Unit} unit @param {Spot} seen @param {Api.Incident | undefined} incident @param {Spot | null} spot */
function wayTo(unit, seen, incident, spot) {
  const ranked = incident?.candidates.find((one) => one.unit === unit.id);
  if (ranked) return { seconds: ranked.seconds, text: html`<${Dotted} of=${[duration(ranked.seconds), distance(ranked.metres)]} />` };
  if (!spot) return { seconds: Infinity, text: "–" };
  const metres = away(seen, spot);
  return { seconds: 1e6 + metres, text: t("list.straight", { metres }) };
}

/** @param {Looked} props */
function Units({ incident, spot }) {
  const rows = Object.values(feed.board.units)
    .filter((unit) => layers.resting || !resting(unit))
    .map((unit) => {
      const seen = sighted(unit, feed.fixes[unit.id], feed.now());
      return { unit, seen, way: wayTo(unit, seen, incident, spot) };
    })
    .sort((a, b) => a.way.seconds - b.way.seconds || a.unit.agency.localeCompare(b.unit.agency) || a.unit.id.localeCompare(b.unit.id));
  return html`<label class="check"><input type="checkbox" checked=${layers.resting} onChange=${() => toggleLayer("resting")} /> ${t("layer.resting")}</label>
    <table class="listed"><caption class="hidden-text">${t("layer.units")}</caption><thead><tr><th scope="col">${t("unit")}</th><th scope="col">${t("status")}</th>${spot && html`<th scope="col">${incident ? t("list.to", { incident: incident.id }) : t("list.to_place")}</th>`}<th scope="col">${t("list.seen")}</th></tr></thead>
    <tbody>${rows.map(({ unit, seen, way }) => {
      const state = stateOf(unit, feed.board.assignments),
        job = feed.board.assignments[unit.assignment];
      const rests = resting(unit) && unit.status === "available";
      return html`<tr key=${unit.id}><th scope="row"><${Badge} agency=${unit.agency} /> <span translate=${false}>${unit.id} <span class="soft">${unit.name}</span></span></th>
        <td><span class="chip ${rests ? "" : (LOOK[state] ?? "")}">${job ? html`<${Dotted} of=${[html`<${Data}>${job.incident}</${Data}>`, t(`state.${state}`)]} />` : rests ? t("off_shift", { time: clock(unit.shift_until).slice(0, 5) }) : t(`status.${state}`)}</span></td>
        ${spot && html`<td class="num">${way.text}</td>`}<td class=${seen.old || seen.doubt ? "unsure" : "soft"}>${unsureOf(seen) || (!seen.at ? t("list.station") : seen.age < 10 ? t("list.now") : t("list.ago", { age: age(seen.age) }))}</td></tr>`;
    })}</tbody></table>`;
}

/** @param {Looked} props */
function Incidents({ spot }) {
  const choose = (/** @type {Api.Incident} */ one) => show("", { incident: one.id, call: "" });
  const rows = open();
  if (!rows.length) return html`<p class="soft">${t("no_incidents")}</p>`;
  return html`<table class="listed"><caption class="hidden-text">${t("incidents")}</caption><thead><tr><th scope="col">${t("incident")}</th><th scope="col">${t("address")}</th><th scope="col">${t("list.since")}</th><th scope="col">${t("layer.units")}</th></tr></thead>
    <tbody>${rows.map((one) => {
      const units = one.assignments
        .map((id) => feed.board.assignments[id])
        .filter((job) => job && !["clear", "released"].includes(job.state));
      return html`<tr key=${one.id}><th scope="row"><button class=${ui.incident === one.id ? "primary" : ""} aria-pressed=${ui.incident === one.id} translate=${false} onClick=${() => choose(one)}>${one.id}</button> <span translate=${false}>${typeName(one.type)}</span></th>
        <td>${one.address ? html`<${Data}>${one.address}</${Data}>` : t("no_place")}${spot && one.location && ui.incident !== one.id ? html` <span class="soft num">${t("list.off", { metres: away(one.location, spot) })}</span>` : ""}</td>
        <td class="num">${clock(one.opened)}</td><td>${units.length ? t("list.units", { units: units.map((job) => ({ code: "event_unit", params: { unit: job.unit, state: { code: `state.${job.state}` } } })) }) : html`<span class="chip bad">${t("list.nobody")}</span>`}</td></tr>`;
    })}</tbody></table>`;
}

/** @param {Looked} props */
function Cameras({ spot }) {
  const key = spot ? `lat=${spot.lat.toFixed(4)}&lon=${spot.lon.toFixed(4)}` : "";
  const [near, setNear] = useState(/** @type {Api.CameraSeen[]} */ ([]));
  useEffect(() => {
    let gone = false;
    if (key && may("ViewCamera"))
      get(`/api/v1/cameras/near?${key}&n=12`)
        .then((found) => !gone && setNear(found))
        .catch(() => {});
    return () => {
      gone = true;
    };
  }, [key]);
  if (!spot) return html`<p class="soft">${t("cameras_hint")}</p>`;
  return html`<table class="listed"><caption class="hidden-text">${t("cameras")}</caption><thead><tr><th scope="col">${t("cameras")}</th><th scope="col">${t("list.away")}</th><th scope="col">${t("list.looks")}</th></tr></thead>
    <tbody>${near.map((one) => html`<tr key=${one.id}><th scope="row" translate=${false}>${one.name} <span class="soft">${one.owner}</span></th><td class="num">${distance(one.metres)}</td><td>${one.sees ? html`<span class="chip ok">${t("camera_sees")}</span>` : t("list.elsewhere")}</td></tr>`)}</tbody></table>`;
}

function Streets() {
  return html`<${Weather} />${mayClose && !ui.closing && html`<p><button onClick=${toggleClosing}>${t("closing")} <kbd>Alt J</kbd></button></p>`}
    ${ui.closing && html`<${Closing} map=${false} />`}<${Closures} />`;
}

function Coverage() {
  useEffect(() => {
    askCoverage();
  }, []);
  return html`<${Capability} id="cover-by-list" /><${CoverMeans} /><${CoverTable} />`;
}

/** @type {Record<string, (props: Looked) => unknown>} */
const TABS = {
  units: Units,
  incidents: Incidents,
  closures: Streets,
  cameras: Cameras,
  coverage: Coverage,
  names: () => html`<${Names} acts=${may("AddAlias")} />`,
};
/** @type {() => Record<string, number>} */
const counts = () => ({
  units: Object.values(feed.board.units).filter((unit) => layers.resting || !resting(unit)).length,
  incidents: open().length,
  closures: Object.keys(feed.board.closures).length,
  names: added.all.filter((one) => one.learnt).length,
});

/** `why` the map is not there, "" when it was put away; `incident` and `spot` are what distances are told to.
 * @param {Looked & { why: string }} props */
export function MapList({ why, incident, spot }) {
  const tab = ui.tab || "units",
    many = counts();
  const turn = (/** @type {string} */ name) => {
    ui.tab = name;
    if (name !== "closures") putAway();
    redraw();
    requestAnimationFrame(() => document.getElementById(`tab-${name}`)?.focus());
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const names = Object.keys(TABS),
      step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step) {
      event.preventDefault();
      turn(names[(names.indexOf(tab) + step + names.length) % names.length]);
    }
  };
  return html`<div class="map-list" lang=${lang}>${why && html`<p class="no-map" role="alert"><strong>${t("list.no_map")}</strong> <span>${t("list.no_map_do")}</span> <span class="soft" translate=${false}>(${why})</span></p>`}
    <div class="tabs" role="tablist" aria-label=${t("list")} onKeyDown=${key}>${Object.keys(TABS).map(
      (name) => html`<button
        key=${name}
        id=${`tab-${name}`}
        role="tab"
        aria-selected=${tab === name}
        aria-controls="map-list"
        tabindex=${tab === name ? 0 : -1}
        onClick=${() => turn(name)}>
        ${t(`layer.${name}`)} <span class="count">${many[name] || ""}</span></button>`,
    )}</div>
    <div id="map-list" class="listing" role="tabpanel" aria-labelledby=${`tab-${tab}`} tabindex="0"><${TABS[tab]} key=${tab} incident=${incident} spot=${spot} /></div></div>`;
}
