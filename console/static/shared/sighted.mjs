// Where a unit was last seen and how sure that is; the map and the lists say the same.
import { age, t } from "./i18n.mjs";

export const OLD = 120; // s: the setting fix_stale_after as it is delivered
const MOVING = 1.5; // m/s

/** `at` 0: never seen, it is taken to be at its station. `heading` in degrees, null when it stands or nobody knows.
 * @param {Api.Unit} unit @param {Api.Fix | undefined} fix @param {number} now
 * @returns {Sighted} */
export function sighted(unit, fix, now) {
  const at = fix?.at ?? unit.fix_at;
  const old = at > 0 && now - at > OLD;
  return {
    lat: fix?.lat ?? unit.lat,
    lon: fix?.lon ?? unit.lon,
    at,
    age: at > 0 ? Math.max(0, now - at) : 0,
    old,
    doubt: fix?.doubt ?? "",
    heading: fix && !old && (fix.speed ?? 0) > MOVING ? (fix.bearing ?? 0) : null,
  };
}

/** @param {Api.Unit} unit @param {Record<string, Api.Assignment>} assignments */
export const stateOf = (unit, assignments) => (unit.assignment ? (assignments[unit.assignment]?.state ?? "assigned") : unit.status);

/** Nobody is on it now: off duty, or its shift is over and it has no job.
 * @param {Api.Unit} unit */
export const resting = (unit) =>
  !unit.assignment && (unit.status === "off_duty" || (unit.on_shift === false && unit.status === "available"));

/** "posisi lama 12:30, lompat", "" for a fix that is sure.
 * @param {Pick<Sighted, "old" | "age" | "doubt">} seen */
export function unsureOf({ old, age: seconds, doubt }) {
  const why = doubt && { code: `doubt.${doubt}` };
  if (!old) return why ? t(why.code) : "";
  return why ? t("unsure.old_and", { age: age(seconds), why }) : t("unsure.old", { age: age(seconds) });
}
