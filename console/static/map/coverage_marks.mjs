// Coverage on the map: faint where it is good, strong where it lacks, with the figure in each place.
import { css } from "./boxes.mjs";

const RADIUS = 320; // m

/** From good to bare; `from` is the least of expected coverage, 0 to 1. Also the legend. */
export const LEVELS = [
  { name: "good", from: 0.9, colour: "--ok", fill: 0.1 },
  { name: "fair", from: 0.7, colour: "--accent", fill: 0.14 },
  { name: "poor", from: 0.4, colour: "--warn", fill: 0.2 },
  { name: "bare", from: 0, colour: "--danger", fill: 0.3 },
];
/** @param {number} covered */
export const levelOf = (covered) => LEVELS.find((level) => covered >= level.from) ?? LEVELS[LEVELS.length - 1];
/** @param {number} share */
export const percent = (share) => `${Math.round(share * 100)} %`;

export class CoverageMarks {
  layer = L.layerGroup();
  #canvas;
  /** @type {Api.CoveredPoint[]} */
  #points = [];

  /** @param {L.Map} map */
  constructor(map) {
    const pane = map.createPane("coverage");
    pane.style.zIndex = "350"; // over the base map, under streets that are closed, calls and units
    pane.style.pointerEvents = "none";
    this.#canvas = L.canvas({ padding: 0.4, pane: "coverage" });
  }

  /** As /api/v1/coverage gives it; null: nothing.
   * @param {Api.Covered | null} covered */
  show(covered) {
    const points = covered?.points ?? [];
    if (JSON.stringify(points) === JSON.stringify(this.#points)) return;
    this.#points = points;
    this.draw();
  }

  // In the colours of the theme.
  draw() {
    this.layer.clearLayers();
    for (const point of this.#points) {
      const level = levelOf(point.covered);
      /** @type {[number, number]} */
      const at = [point.lat, point.lon];
      const plain = { renderer: this.#canvas, interactive: false, pane: "coverage" };
      L.circle(at, { ...plain, radius: RADIUS, color: css(level.colour), weight: 1, opacity: 0.55, fillOpacity: level.fill }).addTo(
        this.layer,
      );
      const text = Object.assign(document.createElement("span"), {
        className: `covered ${level.name}`,
        textContent: percent(point.covered),
      });
      const icon = L.divIcon({ className: "covered-mark", iconSize: undefined, html: text });
      L.marker(at, { icon, pane: "coverage", interactive: false, keyboard: false }).addTo(this.layer);
    }
  }
}
