// Distances on the earth, as routing/location.py has them. Also for the page on old telephones: nothing newer than 2018.

/** Metres of a degree of latitude: of a sphere as large as the earth, 6,371,008.8 m in radius. */
export const DEGREE_M = 111195;

/** Metres between two places of one city.
 * @param {Spot} a @param {Spot} b */
export function away(a, b) {
  const across = Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot((a.lat - b.lat) * DEGREE_M, (a.lon - b.lon) * DEGREE_M * across);
}
