// The base map without tiles: the city's own files, all of it at once, while tiles are made or when they cannot be.
import { boxAt, css, meet } from "./boxes.mjs";

const MAJOR = new Set(["primary", "secondary"]);

/** `covered()` yields the boxes that names must leave free. */
export class PlainMap {
  #map;
  #layers;
  #canvas;
  #covered;
  /** @type {L.Layer[]} */
  #drawn = [];
  #labels;

  /** @param {L.Map} map @param {PlainLayers} layers @param {() => Iterable<Box>} covered */
  constructor(map, layers, covered) {
    this.#map = map;
    this.#layers = layers;
    this.#covered = covered;
    (map.getPane("base") ?? map.createPane("base")).style.zIndex = "250"; // over tiles (200), under what is drawn on the map (400)
    this.#canvas = L.canvas({ padding: 0.4, pane: "base" });
    this.#labels = L.layerGroup().addTo(map);
    map.on("zoomend moveend", this.label, this);
    this.draw();
  }

  remove() {
    this.#map.off("zoomend moveend", this.label, this);
    for (const layer of [...this.#drawn, this.#labels, this.#canvas]) layer.remove();
  }

  // Draws everything again, in the colours of the theme.
  draw() {
    for (const layer of this.#drawn) layer.remove();
    const { land, boundaries, roads } = this.#layers;
    const plain = { renderer: this.#canvas, interactive: false };
    const rank = (/** @type {PlainLayers["roads"]["features"][number]} */ feature) => (MAJOR.has(feature.properties.class) ? 1 : 0);
    const streets = { ...roads, features: [...roads.features].sort((a, b) => rank(a) - rank(b)) };
    this.#drawn = [
      L.geoJSON(land, { ...plain, style: { fillColor: css("--land"), fillOpacity: 1, color: css("--line"), weight: 1 } }),
      L.geoJSON(boundaries, {
        ...plain,
        style: (area) =>
          area?.properties.kind === "centre"
            ? { fill: false, color: css("--warn"), weight: 2.5, opacity: 0.7, dashArray: "10 7" }
            : { fill: false, color: css("--line"), weight: 1, dashArray: "3 5" },
      }),
      L.geoJSON(streets, { ...plain, style: (road) => this.#street(road?.properties) }),
    ].map((layer) => layer.addTo(this.#map));
    this.label();
  }

  /** @param {{ class: string } | undefined} road */
  #street(road) {
    if (road?.class === "boat") return { color: css("--accent"), weight: 1.5, dashArray: "2 7", opacity: 0.8 };
    const major = MAJOR.has(road?.class ?? "");
    return { color: css(major ? "--road" : "--road-small"), weight: major ? 3.5 : 2, opacity: 1 };
  }

  // Writes the names anew; also called when something else is to be left free.
  label() {
    this.#labels.clearLayers();
    const zoom = this.#map.getZoom();
    if (zoom < 13.5) return;
    const seen = new Set(),
      taken = [...this.#covered()];
    const bounds = this.#map.getBounds();
    /** @param {[number, number]} at @param {string} name @param {string} kind */
    const free = (at, name, kind) => {
      const p = this.#map.latLngToContainerPoint(at).add(kind === "place" ? [6, -18] : [0, 0]); // as in map.css
      const box = boxAt(p, name, kind === "place" ? 600 : 400);
      if (box.right > this.#map.getSize().x || taken.some((other) => meet(box, other))) return false;
      taken.push(box);
      return true;
    };
    /** @param {string} name @param {[number, number]} at @param {string} kind */
    const write = (name, at, kind) => {
      if (!bounds.contains(at) || !free(at, name, kind)) return;
      const icon = L.divIcon({ className: `label ${kind}`, html: "", iconSize: undefined });
      const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.#labels);
      const element = marker.getElement();
      if (element) element.textContent = name;
    };
    for (const { properties: p, geometry: g } of this.#layers.places.features) {
      const big = ["km", "harbour", "hospital", "airport", "landmark", "island"].includes(p.kind);
      if (zoom >= (big ? 13.5 : 15.5)) write(p.name, [g.coordinates[1], g.coordinates[0]], "place");
    }
    for (const { properties: p, geometry: g } of this.#layers.roads.features) {
      if (!p.name || seen.has(p.name) || p.class === "boat") continue;
      if (zoom < (MAJOR.has(p.class) ? 14 : 15.5)) continue;
      const [lon, lat] = g.coordinates[Math.floor(g.coordinates.length / 2)];
      if (bounds.contains([lat, lon])) {
        seen.add(p.name);
        write(p.name, [lat, lon], "street");
      }
    }
  }
}
