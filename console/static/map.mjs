// What is drawn over the base map: stations, cameras, units, calls and incidents, ways.
import { letterOf } from "./agencies.mjs";
import { Basemap } from "./basemap.mjs";
import { boxAt, css, meet } from "./boxes.mjs";
import { fieldOfView } from "./camera.mjs";
import { get } from "./api.mjs";
import { lang, t } from "./i18n.mjs";

export class CityMap {
  #spots = [];
  #map; #base; #canvas; #units = new Map(); #marks; #trails; #stations; #cameras; #onPick;

  constructor(element, city, about, { onPick = null, onUnit = null } = {}) {
    this.#onPick = onPick;
    this.onUnit = onUnit;
    this.#canvas = L.canvas({ padding: 0.4 });
    this.#map = L.map(element, { renderer: this.#canvas, preferCanvas: true, zoomControl: true, attributionControl: true, keyboard: true, minZoom: 6, maxZoom: 20 })
      .setView(city.center, city.zoom);
    this.#map.attributionControl.setPrefix("").setPosition("bottomleft");
    this.city = city;
    this.#base = new Basemap(this.#map, about, () => this.#covered());
    this.#marks = L.layerGroup().addTo(this.#map);
    this.#trails = L.layerGroup().addTo(this.#map);
    this.#stations = L.layerGroup().addTo(this.#map);
    this.#cameras = L.layerGroup().addTo(this.#map);
    this.#fixed();
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
      L.circleMarker([station.lat, station.lon], { ...plain, radius: 4, weight: 2, color, fillColor: css("--bg"), fillOpacity: 1 }).addTo(this.#stations);
    }
    this.#cameras.clearLayers();
    for (const camera of this.city.cameras) {
      L.polygon(fieldOfView(camera), { ...plain, weight: 1, color: css("--warn"), opacity: .35, fillOpacity: .07 }).addTo(this.#cameras);
      L.circleMarker([camera.lat, camera.lon], { renderer: this.#canvas, radius: 3, weight: 1, color: css("--warn"), fillOpacity: .9 })
        .bindTooltip(`${camera.name}`).addTo(this.#cameras);
    }
    this.#units.forEach((unit) => unit.marker.bringToFront?.());
  }

  #labelBox(spot) {
    const p = this.#map.latLngToContainerPoint([spot.lat, spot.lon]);
    return boxAt({ x: p.x + 12, y: p.y - 9 }, `${spot.label}  `, 700);
  }

  // What names must not cover: calls, incidents and units.
  *#covered() {
    yield { left: 0, right: 56, top: 0, bottom: 82 }; // the buttons for the zoom
    for (const { marker } of this.#units.values()) {
      const p = this.#map.latLngToContainerPoint(marker.getLatLng());
      yield { left: p.x - 14, right: p.x + 14, top: p.y - 14, bottom: p.y + 14 };
    }
    for (const spot of this.#spots) {
      const p = this.#map.latLngToContainerPoint([spot.lat, spot.lon]);
      yield boxAt({ x: p.x - 9, y: p.y - 9 }, "", 400);
      if (spot.label) yield this.#labelBox(spot);
    }
  }

  units(units, fixes, assignments) {
    for (const [id, shown] of this.#units) if (!(id in units)) { shown.marker.remove(); this.#units.delete(id); }
    const known = this.#units.size;
    for (const unit of Object.values(units)) {
      const fix = fixes[unit.id];
      const at = fix ? [fix.lat, fix.lon] : [unit.lat, unit.lon];
      const state = unit.assignment ? assignments[unit.assignment]?.state ?? "assigned" : unit.status;
      const look = `${unit.agency} ${state} ${unit.kind}`;
      let shown = this.#units.get(unit.id);
      if (!shown) {
        const icon = L.divIcon({ className: "unit-icon", iconSize: [26, 26], html: "" });
        const marker = L.marker(at, { icon, keyboard: false, title: `${unit.id} ${unit.name}` }).addTo(this.#map);
        marker.on("click", () => this.onUnit?.(unit.id));
        shown = { marker, look: "" };
        this.#units.set(unit.id, shown);
      }
      shown.marker.setLatLng(at);
      if (shown.look !== look) {
        shown.look = look;
        const element = shown.marker.getElement();
        element.className = `leaflet-marker-icon unit-icon ${unit.agency} ${unit.centre ? "aid" : ""} ${unit.assignment ? "busy" : unit.status} s-${state}`;
        element.textContent = letterOf(unit.agency, unit.centre);
      }
    }
    if (this.#units.size > known) this.#base.label();
  }

  // Calls and incidents: `spots` are {id, lat, lon, radius, kind, label, chosen}.
  spots(spots, path = null) {
    this.#marks.clearLayers();
    const where = (all) => all.map((spot) => `${spot.lat},${spot.lon},${spot.label}`).join(";");
    const moved = where(spots) !== where(this.#spots);
    this.#spots = spots;
    if (moved) this.#base.label();
    if (path?.length > 1) L.polyline(path, { renderer: this.#canvas, interactive: false, color: css("--accent"), weight: 5, opacity: .75 }).addTo(this.#marks);
    const written = []; // two at one place stand below each other
    for (const spot of spots) {
      const colour = css({ call: "--danger", draft: "--warn", alert: "--warn" }[spot.kind] ?? "--accent");
      const at = [spot.lat, spot.lon];
      if (spot.ring?.length > 2) {
        L.polygon(spot.ring, { renderer: this.#canvas, interactive: false, color: colour, weight: 2, fillOpacity: .12 }).addTo(this.#marks);
      } else if (spot.radius > 5) {
        L.circle(at, { renderer: this.#canvas, interactive: false, radius: spot.radius, color: colour, weight: 2, fillOpacity: .12 }).addTo(this.#marks);
      }
      L.circleMarker(at, { renderer: this.#canvas, interactive: false, radius: spot.chosen ? 9 : 6, color: colour, weight: 3, fillColor: colour, fillOpacity: .55 }).addTo(this.#marks);
      if (spot.label) {
        const lower = written.filter((other) => meet(other, this.#labelBox(spot))).length;
        written.push(this.#labelBox(spot));
        const icon = L.divIcon({ className: `spot-label of-${spot.kind}`, html: "", iconSize: null, iconAnchor: [-12, 10 - 22 * lower] });
        L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.#marks).getElement().textContent = spot.label;
      }
    }
  }

  // The observations of one call: `trails` are lists of {lat, lon, best, doubted} in the order of time.
  trails(trails) {
    this.#trails.clearLayers();
    const plain = { renderer: this.#canvas, interactive: false };
    for (const points of trails) {
      const sure = points.filter((one) => !one.doubted).map((one) => [one.lat, one.lon]);
      if (sure.length > 1) L.polyline(sure, { ...plain, color: css("--danger"), weight: 3, dashArray: "1 7", opacity: .9 }).addTo(this.#trails);
      for (const one of points) {
        if (one.best) continue;
        const colour = css(one.doubted ? "--warn" : "--danger");
        L.circleMarker([one.lat, one.lon], { ...plain, radius: 4, color: colour, weight: 2, fillColor: css("--bg"), fillOpacity: one.doubted ? 1 : .4 }).addTo(this.#trails);
      }
    }
  }

  go(lat, lon, zoom = 15.5) { this.#map.setView([lat, lon], Math.max(this.#map.getZoom(), zoom), { animate: false }); }
  fit(points) { if (points.length) this.#map.fitBounds(L.latLngBounds(points).pad(0.2), { maxZoom: 16.5, animate: false }); }
}

export async function makeMap(element, options) {
  const [city, about] = await Promise.all([get("/api/v1/city"), get("/api/v1/map")]);
  element.setAttribute("aria-label", t("map"));
  return new CityMap(element, city, { ...about, note: city[`note_${lang}`] }, options);
}
