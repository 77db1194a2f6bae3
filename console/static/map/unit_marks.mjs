// Units on the map: where each was last seen, where it is heading, and how sure that is.
import { letterOf } from "../shared/agencies.mjs";
import { t } from "../shared/i18n.mjs";
import { resting, sighted, stateOf, unsureOf } from "../shared/sighted.mjs";

/** @param {number} seconds */
const short = (seconds) => (seconds < 3600 ? `${Math.floor(seconds / 60)}′` : t("hours_short", { h: Math.floor(seconds / 3600) }));
/** @typedef {{ marker: L.Marker, face: HTMLElement, parts: Record<"arrow" | "letter" | "name" | "age", HTMLElement> }} Mark */

/** @param {string} name */
const part = (name) => Object.assign(document.createElement("span"), { className: name });

export class UnitMarks {
  layer = L.layerGroup();
  /** @type {Map<string, Mark>} */
  #shown = new Map();
  #onUnit;

  /** @param {(unit: string) => void} onUnit */
  constructor(onUnit) {
    this.#onUnit = onUnit;
  }

  /** Whether units came or went. `all`: also those that nobody is on.
   * @param {Record<string, Api.Unit>} units
   * @param {Record<string, Api.Fix>} fixes
   * @param {Record<string, Api.Assignment>} assignments
   * @param {number} now
   * @param {boolean} all */
  show(units, fixes, assignments, now, all) {
    const before = this.#shown.size;
    const wanted = new Map(
      Object.values(units)
        .filter((unit) => all || !resting(unit))
        .map((unit) => [unit.id, unit]),
    );
    for (const [id, shown] of this.#shown)
      if (!wanted.has(id)) {
        this.layer.removeLayer(shown.marker);
        this.#shown.delete(id);
      }
    const gone = before - this.#shown.size,
      left = this.#shown.size;
    for (const unit of wanted.values()) {
      const seen = sighted(unit, fixes[unit.id], now);
      const shown = this.#shown.get(unit.id) ?? this.#made(unit, seen);
      shown.marker.setLatLng([seen.lat, seen.lon]);
      this.#dress(shown, unit, seen, stateOf(unit, assignments));
    }
    return gone > 0 || this.#shown.size > left;
  }

  *places() {
    for (const { marker } of this.#shown.values()) yield marker.getLatLng();
  }

  /** @param {Api.Unit} unit @param {Sighted} seen @returns {Mark} */
  #made(unit, seen) {
    const face = part("unit-icon");
    const parts = { arrow: part("unit-heading"), letter: part("unit-letter"), name: part("unit-name"), age: part("unit-age") };
    face.append(...Object.values(parts));
    parts.name.textContent = unit.id;
    parts.letter.translate = parts.name.translate = false;
    const icon = L.divIcon({ className: "unit-mark", iconSize: [26, 26], html: face });
    const marker = L.marker([seen.lat, seen.lon], { icon, keyboard: false, zIndexOffset: 500 });
    marker.on("click", () => this.#onUnit?.(unit.id));
    this.layer.addLayer(marker);
    const shown = { marker, face, parts };
    this.#shown.set(unit.id, shown);
    return shown;
  }

  /** @param {Mark} mark @param {Api.Unit} unit @param {Sighted} seen @param {string} state */
  #dress({ face, parts }, unit, seen, state) {
    const doubted = seen.doubt ? "doubted" : "";
    face.className = `unit-icon ${unit.agency} ${unit.centre ? "aid" : ""} ${unit.assignment ? "busy" : unit.status} s-${state} ${seen.old ? "old" : ""} ${doubted}`;
    const name = `${unit.id} ${unit.name}`,
      how = unsureOf(seen),
      said = how ? t("unsure.of_unit", { unit: name, how }) : name;
    if (face.title !== said) face.title = said;
    face.translate = !!how;
    parts.letter.textContent = letterOf(unit.agency, unit.centre);
    parts.age.textContent = seen.old ? short(seen.age) : seen.doubt ? "?" : "";
    parts.arrow.hidden = seen.heading === null;
    if (seen.heading !== null) parts.arrow.style.transform = `rotate(${seen.heading}deg)`;
  }
}
