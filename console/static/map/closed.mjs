// Streets that are closed, as the board has them: in words, and with the pieces of street for the map.
import { get } from "../shared/api.mjs";
import { clock, t } from "../shared/i18n.mjs";

/** "Banjir · s/d 18:00", as it stands on the map and in lists.
 * @param {Api.Closure} one */
export function closureLabel(one) {
  const what = one.why || one.streets[0] || one.id;
  return one.until ? t("closing.label", { what, time: clock(one.until).slice(0, 5) }) : t("closing.label_lifted", { what });
}

/** @param {Record<string, Api.Closure>} closures @returns {LabelledClosure[]} */
const labelled = (closures) => Object.values(closures).map((one) => ({ ...one, label: closureLabel(one) }));

/** Those of a board that is past.
 * @param {import("./map.mjs").CityMap} map @param {Record<string, Api.Closure>} closures */
export const drawPast = (map, closures) => map.closures(labelled(closures), {});

/** @type {ClosedLines} */
let lines = {};
let linesOf = "",
  newest = 0;

/** Draws them; the pieces are asked for only when other closures hold.
 * @param {import("./map.mjs").CityMap | null} map @param {Record<string, Api.Closure>} closures */
export async function drawClosed(map, closures) {
  const key = Object.keys(closures).join(),
    mine = ++newest;
  if (key !== linesOf && key) {
    const found = await get("/api/v1/closures").catch(() => null);
    if (mine !== newest) return; // a street was closed or opened meanwhile: what is drawn then is newer
    if (found) {
      lines = found;
      linesOf = key;
    }
  }
  map?.closures(labelled(closures), lines);
}
