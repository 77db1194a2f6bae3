// The room's map: what of the board is drawn on it, what a click means, and the lists that stand in for it.
import { html, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { get, problemFrom } from "../shared/api.mjs";
import { focusOn } from "../shared/dom.mjs";
import { drawClosed } from "./closed.mjs";
import { Closing, addPoint, mayClose, toggleClosing } from "./closing.mjs";
import { change, shownForm } from "../shared/drafts.mjs";
import { lang, number, t } from "../shared/i18n.mjs";
import { chosenCall, chosenIncident } from "../incident/incidents.mjs";
import { LayerPanel, askCoverage, coverSoon, layers } from "./layers.mjs";
import { makeMap } from "./map.mjs";
import { MapList } from "./map_list.mjs";
import { added } from "./aliases.mjs";
import { incoming } from "../incident/neighbours.mjs";
import { trailsOf } from "../incident/locations.mjs";
import { bestPlace, feed, redraw, ui } from "../shared/store.mjs";
import { textOf } from "../shared/texts.mjs";

ui.view = localStorage.getItem("view") === "list" ? "list" : "map";
let broken = "",
  making = Promise.resolve();

// As it is in the form that is open, or as it was clicked for the incident that is shown.
const movedPlace = () => {
  const draft = shownForm();
  return draft ? draft.words.location : ui.moved[chosenIncident()?.id ?? ""]?.location;
};

export function shownPlace() {
  return movedPlace() ?? chosenIncident()?.location ?? bestPlace(chosenCall()) ?? null;
}

/** The map, or the lists instead. */
export function toggleView() {
  ui.view = ui.view === "list" ? "map" : "list";
  localStorage.setItem("view", ui.view);
  ui.panel = "";
  redraw();
  requestAnimationFrame(() => focusOn(ui.view === "list" ? ".tabs [aria-selected=true]" : "#map-view"));
}

export function togglePanel() {
  ui.panel = ui.panel || ui.view !== "map" ? "" : "layers";
  redraw();
  if (!ui.panel) document.getElementById("map-layers")?.focus();
}

/** Without the map the rest of the page needs the city all the same.
 * @param {HTMLElement} element */
async function begin(element) {
  if (ui.map || broken) return;
  try {
    if (ui.view === "list") throw new Error("");
    const map = await makeMap(element, { onPick: pick });
    Object.assign(ui, { map, city: map.city });
    map.choose(layers);
    map.names(added.all);
    drawMap();
    drawClosed(ui.map, feed.board.closures);
    askCoverage();
  } catch (wrong) {
    const { message } = problemFrom(wrong);
    if (message) console.error(wrong);
    broken = ui.view === "map" ? message : "";
    if (ui.view === "map") element.replaceChildren();
    ui.city ??= await get("/api/v1/city").catch(() => null);
  }
  redraw();
}

export function MapBox() {
  const box = useRef(/** @type {HTMLElement | null} */ (null)),
    map = ui.view === "map";
  useEffect(() => {
    making = making.then(async () => {
      if (box.current) await begin(box.current);
    });
  }, [ui.view]);
  const lists = !map || broken;
  const bar = html`<div class="map-bar" role="group" aria-label=${t("map")}>
    ${!lists && html`<button id="map-layers" aria-expanded=${ui.panel === "layers"} onClick=${togglePanel}>${t("layers")} <kbd>Alt L</kbd></button>`}
    ${!lists && mayClose && html`<button aria-pressed=${!!ui.closing} onClick=${toggleClosing}>${t("closing")} <kbd>Alt J</kbd></button>`}
    ${!broken && html`<button id="map-view" onClick=${toggleView}>${t(map ? "list" : "map")} <kbd>Alt M</kbd></button>`}</div>`;
  return html`<section class="map ${lists ? "as-list" : ""}" aria-label=${t(lists ? "list" : "map")}><div class="leaflet-box" hidden=${lists} ref=${box}></div>
    ${bar}${!lists && ui.panel === "layers" && html`<${LayerPanel} />`}${!lists && ui.closing && html`<${Closing} map=${true} />`}
    ${lists && html`<${MapList} why=${broken} incident=${chosenIncident()} spot=${shownPlace()} />`}</section>`;
}

/** @param {number} lat @param {number} lon */
const pick = (lat, lon) => (ui.closing ? addPoint(lat, lon) : pickPlace(lat, lon));

/** @param {number} lat @param {number} lon */
async function pickPlace(lat, lon) {
  const picked = { lat, lon, radius: 25, source: "operator", method: "map", shape: "Circle", at: feed.now() };
  const draft = shownForm(),
    incident = chosenIncident(); // as they are at the click
  if (!draft && !incident) return;
  const { text } = await get(`/api/v1/places/near?lat=${lat}&lon=${lon}&lang=${lang}`).catch(() => ({ text: "" }));
  // What was typed and not found is kept when the map is clicked: it is what the caller calls the place.
  if (draft) {
    change(draft, { location: picked, address: text, said: (draft.typed ?? "").trim().slice(0, 80) || draft.words.said });
    draft.typed = "";
  } else if (incident)
    ui.moved[incident.id] = { location: picked, address: text, said: textOf(`place/${incident.id}`).trim().slice(0, 80) };
  drawMap();
  redraw();
}

let shown = "";
/** Whether another place is to be looked at than the map shows. */
export const elsewhere = () => placeKey() !== shown;
const placeKey = () => {
  const focus = shownPlace();
  return focus ? `${focus.lat},${focus.lon}` : "";
};

export function drawMap() {
  if (!ui.map) return;
  const { calls, incidents, units, assignments } = feed.board;
  ui.map.units(units, feed.fixes, assignments, feed.now());
  /** @type {MapSpot[]} */
  const spots = [];
  for (const call of Object.values(calls)) {
    const best = bestPlace(call);
    if (best && call.state !== "ended")
      spots.push({ ...best, kind: "call", label: call.incident ? "" : number(call.caller), chosen: call.id === chosenCall()?.id });
  }
  for (const incident of Object.values(incidents)) {
    if (incident.location && incident.state === "open")
      spots.push({ ...incident.location, kind: "incident", label: incident.id, chosen: incident.id === ui.incident });
  }
  for (const one of incoming()) {
    if (one.location)
      spots.push({ ...one.location, kind: "alert", label: ui.city?.centres.find((other) => other.id === one.centre)?.name ?? one.centre });
  }
  const draft = movedPlace();
  if (draft) spots.push({ ...draft, kind: "draft", label: "", chosen: true });
  ui.map.spots(spots);
  ui.map.trails(trailsOf(chosenCall()));
  const focus = shownPlace();
  if (focus && placeKey() !== shown) ui.map.go(focus.lat, focus.lon, 15);
  shown = placeKey();
}

feed.listen(({ whole, put }) => {
  if (whole || put?.closures) drawClosed(ui.map, feed.board.closures);
  if (whole || put?.assignments || put?.units || put?.closures) coverSoon();
});
