// The base map below all that the room draws: vector tiles from one file on this server, painted on a canvas.
// While they are being made, or when they cannot be read, the city's plain files are drawn instead.
import { get } from "../shared/api.mjs";
import { labelRules, paintRules } from "./map_style.mjs";
import { PlainMap } from "./plain_map.mjs";
import { css } from "./boxes.mjs";

const DETAIL = 15; // the deepest zoom that there are tiles of
const LABELLED = 64; // tiles whose names are remembered; a wall shows thirty
const ASK_AGAIN = 2_000; // ms

/** @typedef {Api.BaseMap & { note: string }} About */
/** @typedef {ReturnType<typeof protomapsL.leafletLayer>} Tiles */

/** @param {number} ms @returns {Promise<void>} */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
/** Leaflet takes attributions as HTML; a city's file gives text.
 * @param {string} text */
const asHtml = (text) => Object.assign(document.createElement("span"), { textContent: text }).innerHTML;

/** @param {unknown} wrong */
const isAbort = (wrong) => wrong instanceof Error && wrong.name === "AbortError";

/** `about`: as /api/v1/map gives it, and the city's `note`; `covered()` yields boxes that names leave free. */
export class Basemap {
  #map;
  #about;
  #covered;
  /** @type {Tiles | null} */
  #tiles = null;
  #painted = false;
  /** @type {PlainMap | null} */
  #plain = null;

  /** @param {L.Map} map @param {About} about @param {() => Iterable<Box>} covered */
  constructor(map, about, covered) {
    this.#map = map;
    this.#about = about;
    this.#covered = covered;
    for (const text of [about.note, about.attribution]) if (text) map.attributionControl.addAttribution(asHtml(text));
    if (about.tiles) this.#show(about.tiles);
    else {
      this.#draw();
      this.#await();
    }
  }

  // In the colours of the theme, after it has changed.
  draw() {
    this.#plain?.draw();
    if (!this.#tiles) return;
    this.#dress(this.#tiles);
    this.#tiles.rerenderTiles();
  }

  // Leaves free what is covered now. Tiles are painted once; what covers their names stands out by itself.
  label() {
    this.#plain?.label();
  }

  async #draw() {
    for (; ; await sleep(ASK_AGAIN)) {
      const layers = await get("/api/v1/map/plain").catch(() => null);
      if (this.#painted) return;
      if (layers) {
        this.#plain ??= new PlainMap(this.#map, /** @type {PlainLayers} */ (/** @type {unknown} */ (layers)), this.#covered);
        return;
      }
    }
  }

  async #await() {
    for (;;) {
      await sleep(ASK_AGAIN);
      const about = await get("/api/v1/map").catch(() => null);
      if (about?.tiles) return this.#show(about.tiles);
    }
  }

  /** @param {string} url */
  #show(url) {
    const inside = new protomapsL.PmtilesSource(url, false).p;
    const PMTiles = /** @type {new (source: Ranges) => typeof inside} */ (inside.constructor); // the bundle has it under no name
    const archive = new PMTiles(new Ranges(url));
    const read = async (/** @type {Parameters<typeof inside.getZxy>} */ ...tile) => {
      try {
        return await archive.getZxy(...tile);
      } catch (wrong) {
        if (isAbort(wrong)) throw wrong;
        this.#broken(wrong);
      }
    };
    const tiles = protomapsL.leafletLayer({
      url: /** @type {typeof archive} */ (/** @type {unknown} */ ({ getZxy: read })),
      maxDataZoom: DETAIL,
      attribution: "",
      lang: document.documentElement.lang,
      noWrap: true,
    });
    this.#tiles = tiles;
    this.#dress(tiles);
    tiles.once("load", () => {
      this.#painted = true;
      this.#plain?.remove();
      this.#plain = null;
    });
    tiles.addTo(this.#map);
  }

  /** @param {Tiles} layer */
  #dress(layer) {
    layer.paintRules = paintRules();
    layer.labelRules = labelRules();
    layer.backgroundColor = css(this.#about.bbox ? "--map-unknown" : "--sea");
    layer.labelers = new protomapsL.Labelers(layer.scratch, layer.labelRules, LABELLED, layer.onTilesInvalidated);
  }

  /** The file is damaged or gone: nothing of it is shown any more.
   * @param {unknown} wrong */
  #broken(wrong) {
    if (!this.#tiles) return;
    console.warn("map tiles:", wrong);
    this.#tiles.off("load").remove();
    this.#tiles = null;
    this.#painted = false;
    this.#draw();
  }
}

// Ranges of bytes of the archive; while the server does not answer, it is asked again.
class Ranges {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }
  getKey() {
    return this.url;
  }

  /** @param {number} offset @param {number} length @param {AbortSignal} [signal] */
  async getBytes(offset, length, signal) {
    const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
    for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
      const answer = await fetch(this.url, { headers, signal }).catch((wrong) => {
        if (isAbort(wrong)) throw wrong;
      });
      if (answer && answer.status < 500) {
        if (answer.status !== 206) throw new Error(`${this.url}: ${answer.status}`);
        return { data: await answer.arrayBuffer() };
      }
      await sleep(wait);
    }
  }
}
