// What is drawn over the base map: stations, cameras, units, calls and incidents, ways.
import { get } from "../shared/api.mjs";
import { Basemap } from "./basemap.mjs";
import { boxAt, css, meet } from "./boxes.mjs";
import { fieldOfView } from "../shared/camera.mjs";
import { ClosureMarks } from "./closure_marks.mjs";
import { CoverageMarks } from "./coverage_marks.mjs";
import { named, t } from "../shared/i18n.mjs";
import { UnitMarks } from "./unit_marks.mjs";

/** @type {Record<string, string>} */
const COLOURS = { call: "--danger", draft: "--warn", alert: "--warn" };

/** Names and ids.
 * @param {string} className @param {string} textContent */
const written = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent, translate: false });

/** @typedef {{ onPick?: ((lat: number, lon: number) => void) | null, onUnit?: ((unit: string) => void) | null }} MapOptions */

export class CityMap {
  /** @type {MapSpot[]} */
  #spots = [];
  #map;
  #base;
  #canvas;
  #units;
  #marks = L.layerGroup();
  #trails = L.layerGroup();
  #stations = L.layerGroup();
  #names = L.layerGroup();
  #cameras = L.layerGroup();
  #closures;
  #coverage;
  #onPick;
  #resting = false;
  /** @type {Sketch | null} */
  #drawing = null;
  /** @type {L.Polyline | null} */
  #rubber = null;
  /** @type {Api.LocalName[]} */
  #added = [];

  /** @param {HTMLElement} element
   * @param {Api.CityNow} city
   * @param {import("./basemap.mjs").About} about
   * @param {MapOptions} options */
  constructor(element, city, about, { onPick = null, onUnit = null } = {}) {
    this.#onPick = onPick;
    this.onUnit = onUnit;
    this.#canvas = L.canvas({ padding: 0.4 });
    this.#map = L.map(element, {
      renderer: this.#canvas,
      preferCanvas: true,
      zoomControl: false,
      attributionControl: true,
      keyboard: true,
      minZoom: 6,
      maxZoom: 20,
    }).setView(city.center, city.zoom);
    const credits = this.#map.attributionControl.setPrefix("").getContainer();
    if (credits) credits.translate = false;
    L.control.zoom({ zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }).addTo(this.#map);
    this.city = city;
    this.#base = new Basemap(this.#map, about, () => this.#covered());
    this.#coverage = new CoverageMarks(this.#map);
    this.#closures = new ClosureMarks(this.#canvas);
    this.#units = new UnitMarks((unit) => this.onUnit?.(unit));
    this.choose({ units: true, resting: true, calls: true, cameras: true, closures: true, coverage: false, places: true });
    this.#closures.sketch.addTo(this.#map);
    this.#fixed();
    this.#map.on("mousemove", (event) => this.#stretch(event.latlng));
    this.#map.on("click", (event) => this.#onPick?.(event.latlng.lat, event.latlng.lng));
    new ResizeObserver(() => this.#map.invalidateSize()).observe(element);
  }

  // In the colours of the theme, after it has changed.
  draw() {
    this.#base.draw();
    this.#fixed();
  }

  // Stations and cameras.
  #fixed() {
    const plain = { renderer: this.#canvas, interactive: false };
    this.#stations.clearLayers();
    for (const station of this.city.stations) {
      const color = css(`--${station.agency}`) || css("--soft");
      L.circleMarker([station.lat, station.lon], { ...plain, radius: 4, weight: 2, color, fillColor: css("--bg"), fillOpacity: 1 }).addTo(
        this.#stations,
      );
    }
    this.#cameras.clearLayers();
    for (const camera of this.city.cameras) {
      L.polygon(fieldOfView(camera), { ...plain, weight: 1, color: css("--warn"), opacity: 0.35, fillOpacity: 0.07 }).addTo(this.#cameras);
      L.circleMarker([camera.lat, camera.lon], { renderer: this.#canvas, radius: 3, weight: 1, color: css("--warn"), fillOpacity: 0.9 })
        .bindTooltip(written("", camera.name))
        .addTo(this.#cameras);
    }
    this.#closures.draw();
    this.#coverage.draw();
    this.names(this.#added);
  }

  /** `layers`: name → whether it is shown; those of layers.mjs.
   * @param {Record<string, boolean>} layers */
  choose(layers) {
    const groups = {
      units: [this.#units.layer],
      calls: [this.#marks, this.#trails],
      cameras: [this.#cameras],
      closures: [this.#closures.layer],
      coverage: [this.#coverage.layer],
      places: [this.#stations, this.#names],
    };
    for (const [name, all] of Object.entries(groups)) for (const group of all) layers[name] ? group.addTo(this.#map) : group.remove();
    this.#resting = layers.resting;
  }

  /** @param {MapSpot} spot */
  #labelBox(spot) {
    const p = this.#map.latLngToContainerPoint([spot.lat, spot.lon]);
    return boxAt({ x: p.x + 12, y: p.y - 9 }, `${spot.label}  `, 700);
  }

  // What names must not cover: calls, incidents and units.
  *#covered() {
    yield { left: 0, right: 56, top: 0, bottom: 82 }; // the buttons for the zoom
    for (const at of this.#units.places()) {
      const p = this.#map.latLngToContainerPoint(at);
      yield { left: p.x - 14, right: p.x + 14, top: p.y - 14, bottom: p.y + 14 };
    }
    for (const spot of this.#spots) {
      const p = this.#map.latLngToContainerPoint([spot.lat, spot.lon]);
      yield boxAt({ x: p.x - 9, y: p.y - 9 }, "", 400);
      if (spot.label) yield this.#labelBox(spot);
    }
  }

  /** `now`: seconds since 1970, against which positions are old.
   * @param {Record<string, Api.Unit>} units
   * @param {Record<string, Api.Fix>} fixes
   * @param {Record<string, Api.Assignment>} assignments
   * @param {number} now */
  units(units, fixes, assignments, now) {
    if (this.#units.show(units, fixes, assignments, now, this.#resting)) this.#base.label();
  }

  /** Calls and incidents.
   * @param {MapSpot[]} spots
   * @param {[number, number][] | null} path */
  spots(spots, path = null) {
    this.#marks.clearLayers();
    const where = (/** @type {MapSpot[]} */ all) => all.map((spot) => `${spot.lat},${spot.lon},${spot.label}`).join(";");
    const moved = where(spots) !== where(this.#spots);
    this.#spots = spots;
    if (moved) this.#base.label();
    if (path && path.length > 1)
      L.polyline(path, { renderer: this.#canvas, interactive: false, color: css("--accent"), weight: 5, opacity: 0.75 }).addTo(this.#marks);
    /** @type {Box[]} */
    const placed = []; // two at one place stand below each other
    for (const spot of spots) {
      const colour = css(COLOURS[spot.kind] ?? "--accent");
      /** @type {[number, number]} */
      const at = [spot.lat, spot.lon];
      if (spot.ring && spot.ring.length > 2) {
        L.polygon(spot.ring, { renderer: this.#canvas, interactive: false, color: colour, weight: 2, fillOpacity: 0.12 }).addTo(
          this.#marks,
        );
      } else if (spot.radius !== undefined && spot.radius > 5) {
        L.circle(at, {
          renderer: this.#canvas,
          interactive: false,
          radius: spot.radius,
          color: colour,
          weight: 2,
          fillOpacity: 0.12,
        }).addTo(this.#marks);
      }
      L.circleMarker(at, {
        renderer: this.#canvas,
        interactive: false,
        radius: spot.chosen ? 9 : 6,
        color: colour,
        weight: 3,
        fillColor: colour,
        fillOpacity: 0.55,
      }).addTo(this.#marks);
      if (spot.label) {
        const lower = placed.filter((other) => meet(other, this.#labelBox(spot))).length;
        placed.push(this.#labelBox(spot));
        const icon = L.divIcon({
          className: `spot-label of-${spot.kind}`,
          html: written("", spot.label),
          iconSize: undefined,
          iconAnchor: [-12, 10 - 22 * lower],
        });
        L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.#marks);
      }
    }
  }

  /** The observations of one call, each trail in the order of time.
   * @param {TrailPoint[][]} trails */
  trails(trails) {
    this.#trails.clearLayers();
    const plain = { renderer: this.#canvas, interactive: false };
    for (const points of trails) {
      /** @type {[number, number][]} */
      const sure = points.filter((one) => !one.doubted).map((one) => [one.lat, one.lon]);
      if (sure.length > 1)
        L.polyline(sure, { ...plain, color: css("--danger"), weight: 3, dashArray: "1 7", opacity: 0.9 }).addTo(this.#trails);
      for (const one of points) {
        if (one.best) continue;
        const colour = css(one.doubted ? "--warn" : "--danger");
        L.circleMarker([one.lat, one.lon], {
          ...plain,
          radius: 4,
          color: colour,
          weight: 2,
          fillColor: css("--bg"),
          fillOpacity: one.doubted ? 1 : 0.4,
        }).addTo(this.#trails);
      }
    }
  }

  /** @param {LabelledClosure[]} closures @param {ClosedLines} lines */
  closures(closures, lines) {
    this.#closures.show(closures, lines);
  }

  /** The closure that is being drawn, as in closing.mjs; null: none. Meanwhile two quick clicks are two points.
   * @param {Sketch | null} drawing */
  sketch(drawing) {
    this.#drawing = drawing;
    this.#closures.draft(drawing);
    this.#rubber?.remove();
    this.#rubber = null;
    this.#map.getContainer().classList.toggle("drawing", !!drawing);
    this.#map.doubleClickZoom[drawing ? "disable" : "enable"]();
  }

  /** From the last point to the pointer.
   * @param {L.LatLng} to */
  #stretch(to) {
    const last = this.#drawing?.shape !== "point" ? this.#drawing?.points.at(-1) : null;
    if (!last) return;
    this.#rubber ??= L.polyline([], {
      renderer: this.#canvas,
      interactive: false,
      color: css("--danger"),
      weight: 2,
      dashArray: "2 6",
    }).addTo(this.#map);
    this.#rubber.setLatLngs([last, to]);
  }

  /** As /api/v1/coverage gives it; null: none.
   * @param {Api.Covered | null} covered */
  coverage(covered) {
    this.#coverage.show(covered);
  }

  /** Names that the room added.
   * @param {Api.LocalName[]} names */
  names(names) {
    this.#added = names;
    this.#names.clearLayers();
    for (const one of names) {
      /** @type {[number, number]} */
      const at = [one.lat, one.lon];
      L.circleMarker(at, {
        renderer: this.#canvas,
        interactive: false,
        radius: 3,
        weight: 2,
        color: css("--soft"),
        dashArray: one.learnt ? "2 3" : undefined,
        fillOpacity: 0,
      }).addTo(this.#names);
      const icon = L.divIcon({ className: "added-name", html: written("", one.alias), iconSize: undefined, iconAnchor: [-7, 8] });
      L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: -500 }).addTo(this.#names);
    }
  }

  /** @param {number} lat @param {number} lon */
  go(lat, lon, zoom = 15.5) {
    this.#map.setView([lat, lon], Math.max(this.#map.getZoom(), zoom), { animate: false });
  }
  /** @param {[number, number][]} points */
  fit(points) {
    if (points.length) this.#map.fitBounds(L.latLngBounds(points).pad(0.2), { maxZoom: 16.5, animate: false });
  }
}

/** @param {HTMLElement} element @param {MapOptions} options */
export async function makeMap(element, options) {
  const [city, about] = await Promise.all([get("/api/v1/city"), get("/api/v1/map")]);
  element.setAttribute("aria-label", t("map"));
  return new CityMap(element, city, { ...about, note: named(city.note) }, options);
}
