// Closed streets on the map, and the one that is being drawn.
import { css } from "./boxes.mjs";

/** @param {[number, number][]} points */
const middle = (points) => points[Math.floor((points.length - 1) / 2)];

export class ClosureMarks {
  layer = L.layerGroup();
  sketch = L.layerGroup();
  #plain;
  /** @type {LabelledClosure[]} */
  #closures = [];
  /** @type {ClosedLines} */
  #lines = {};

  /** @param {L.Canvas} canvas */
  constructor(canvas) {
    this.#plain = { renderer: canvas, interactive: false };
  }

  /** @param {LabelledClosure[]} closures @param {ClosedLines} lines */
  show(closures, lines) {
    this.#closures = closures;
    this.#lines = lines;
    this.draw();
  }

  // In the colours of the theme.
  draw() {
    this.layer.clearLayers();
    for (const one of this.#closures) {
      const colour = css(one.stops === "all" ? "--danger" : "--warn");
      this.#outline(one.drawn, colour, this.layer);
      // Of one that holds no more, in a replay, the pieces are not known, only what was drawn.
      for (const line of this.#lines[one.id] ?? (one.drawn.shape === "line" ? [one.drawn.points] : []))
        this.#barred(line, colour, this.layer);
      this.#label(one, this.layer);
    }
  }

  /** `points` that were set, the `shape` that they are of, the pieces of street below (`lines`); null: nothing.
   * @param {Sketch | null} drawing */
  draft(drawing) {
    this.sketch.clearLayers();
    if (!drawing) return;
    const { points, shape, radius, lines } = drawing;
    const colour = css("--danger");
    for (const line of lines) this.#barred(line, colour, this.sketch);
    if (points.length) this.#outline({ shape, points, radius_m: radius }, colour, this.sketch, true);
    for (const point of points)
      L.circleMarker(point, { ...this.#plain, radius: 5, weight: 2, color: colour, fillColor: css("--bg"), fillOpacity: 1 }).addTo(
        this.sketch,
      );
  }

  /** @param {Api.Drawn} drawn @param {string} color @param {L.LayerGroup} group */
  #outline({ shape, points, radius_m }, color, group, drawing = false) {
    const look = { ...this.#plain, color, weight: 2, dashArray: "6 5", fillOpacity: 0.12 };
    if (shape === "area" && points.length > 2) L.polygon(points, look).addTo(group);
    else if (shape === "point") L.circle(points[0], { ...look, radius: radius_m ?? 15 }).addTo(group);
    else if (drawing && points.length > 1) L.polyline(points, { ...look, fill: false }).addTo(group);
  }

  /** Red and white as the barriers in the street.
   * @param {[number, number][]} line @param {string} color @param {L.LayerGroup} group */
  #barred(line, color, group) {
    L.polyline(line, { ...this.#plain, color, weight: 8, opacity: 0.95, lineCap: "butt" }).addTo(group);
    L.polyline(line, { ...this.#plain, color: "#fff", weight: 4, opacity: 0.95, dashArray: "7 7", lineCap: "butt" }).addTo(group);
  }

  /** @param {LabelledClosure} closure @param {L.LayerGroup} group */
  #label({ drawn, label, stops }, group) {
    const text = Object.assign(document.createElement("span"), { className: `closure-label ${stops}`, textContent: label });
    const icon = L.divIcon({ className: "closure-mark", iconSize: undefined, html: text });
    L.marker(middle(drawn.points), { icon, interactive: false, keyboard: false }).addTo(group);
  }
}
