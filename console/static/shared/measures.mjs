// DURATION, DISTANCE and CLOCK of the catalogue, as dispatch/catalogue.py has them for what is not read on a page.

/** `t` says a message in the bundle's language.
 * @param {Say} t
 * @returns {Record<string, (positional: import("/npm/fluent/esm/index.js").FluentValue[]) => string>} */
export const functionsOf = (t) => ({
  DURATION: ([seconds]) => duration(t, Number(seconds)),
  DISTANCE: ([metres]) => distance(t, Number(metres)),
  CLOCK: ([hour]) => clock(t, Number(hour)),
});

/** From 20 minutes on in whole minutes, from two hours on in hours and minutes.
 * @param {Say} t @param {number} seconds */
export function duration(t, seconds) {
  const whole = Math.max(0, Math.round(seconds)),
    rounded = Math.round(whole / 60);
  if (whole >= 7200) return t("duration.hours", { h: Math.floor(rounded / 60), m: rounded % 60 });
  const m = whole >= 1200 ? rounded : Math.floor(whole / 60),
    s = whole >= 1200 ? 0 : whole % 60;
  if (!m) return t("duration.seconds", { s });
  return s ? t("duration.both", { m, s }) : t("duration.minutes", { m });
}

/** @param {Say} t @param {number} metres */
export function distance(t, metres) {
  if (metres < 995) return t("distance.metres", { m: Math.round(metres / 10) * 10 });
  return t("distance.kilometres", { km: Math.round(metres / 100) / 10 });
}

/** An hour of the day, 0 to 24: 06:00.
 * @param {Say} t @param {number} hour */
function clock(t, hour) {
  const minutes = Math.round(hour * 60),
    two = (/** @type {number} */ n) => `${n}`.padStart(2, "0");
  return t("clock.hour", { h: two(Math.floor(minutes / 60)), m: two(minutes % 60) });
}
