// Places as one types: asked of the server near to where the caller seems to be, chosen with the arrow keys and Enter.
import { html, useRef, useState } from "/npm/htm/preact/standalone.module.js";
import { get, room } from "./api.mjs";
import { STEPS } from "./choice.mjs";
import { distance, has, t } from "./i18n.mjs";
import { Dotted } from "./parts.mjs";

const WITHIN = 4; // s that an answer may take
/** @type {Record<string, number>} */
const RADIUS = { street: 400, crossing: 60, km: 150, coordinates: 30, pluscode: 30 }; // metres
/** @param {Api.Hit} hit */
export const radiusOf = (hit) => RADIUS[hit.kind] ?? 100;

/** @param {Api.Hit} hit */
const kindOf = (hit) => (has(`place_kind.${hit.kind}`) ? t(`place_kind.${hit.kind}`) : hit.kind);

/** An input with a list below. `near()`: the caller's place or null; `onText(text)` while typing, `onPick(hit)`.
 * @param {{ id: string, label: string, value: string, near?: () => Spot | null, most?: number, onText: (text: string) => void, onPick: (hit: Api.Hit) => void }} props */
export function PlaceSearch({ id, label, value, near, most = 8, onText, onPick }) {
  const [hits, setHits] = useState(/** @type {Api.Hit[]} */ ([]));
  const [at, setAt] = useState(0);
  const asked = useRef(""); // an answer that comes after the next letter is nobody's
  // The page is drawn at the next frame, this list at once: until then `value` is older than what stands in the box.
  const typed = useRef(value),
    given = useRef(value);
  if (value !== given.current) typed.current = given.current = value;
  const list = `${id}-hits`;
  const search = async (/** @type {string} */ text) => {
    asked.current = typed.current = text;
    onText(text);
    const from = near?.();
    const around = from ? `&lat=${from.lat}&lon=${from.lon}` : "";
    // Not of a silent room: questions that hang would hold the few connections that the next words need.
    const asks = text.trim().length > 1 && !room.silent();
    const found = asks ? await get(`/api/v1/places?q=${encodeURIComponent(text)}${around}`, { within: WITHIN }).catch(() => []) : [];
    if (asked.current !== text) return;
    setHits(found.slice(0, most));
    setAt(0);
  };
  const pick = (/** @type {Api.Hit} */ hit) => {
    asked.current = "";
    setHits([]);
    onPick(hit);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (!hits.length) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      setAt((at + step + hits.length) % hits.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      pick(hits[at]);
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      setHits([]);
    }
  };
  return html`<label>${label}
    <input id=${id} value=${typed.current} placeholder=${t("search_place")} autocomplete="off" role="combobox" aria-autocomplete="list" aria-expanded=${hits.length > 0}
      aria-controls=${list} aria-activedescendant=${hits.length ? `${list}-${at}` : null} onInput=${(event) => search(event.target.value)} onKeyDown=${key} />
    <ul id=${list} class="hits" role="listbox">${hits.map(
      (hit, n) => html`<li key=${n} id=${`${list}-${n}`} role="option" aria-selected=${n === at} class=${n === at ? "chosen" : ""}
      onMouseDown=${() => pick(hit)}><span translate=${false}>${hit.name}</span> <span class="soft">· <${Dotted} of=${[kindOf(hit), hit.metres >= 0 && distance(hit.metres)]} /></span></li>`,
    )}</ul>
  </label>`;
}
