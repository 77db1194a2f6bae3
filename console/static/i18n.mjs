// The page's language and texts, and the few formats that people read.
export const page = JSON.parse(document.getElementById("page").textContent);
export const lang = page.lang;
const texts = await (await fetch(`/texts/${lang}.json`)).json();
const locale = lang === "id" ? "id-ID" : "en-GB";

export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] ?? "") + "");
}

export const has = (key) => key in texts;
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const dayFormat = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" });

export const clock = (at) => (at ? clockFormat.format(new Date(at * 1000)).replaceAll(".", ":") : "–");
export const day = (at) => dayFormat.format(new Date(at * 1000));

export function age(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  return s < 3600 ? `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`
    : `${Math.floor(s / 3600)}:${String(Math.floor(s / 60) % 60).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
}

export const duration = (seconds) => t("minutes", { m: Math.floor(seconds / 60), s: Math.round(seconds % 60) });
export const distance = (metres) => metres < 950 ? `${Math.round(metres / 10) * 10} m`
  : t("km", { km: (metres / 1000).toLocaleString(locale, { maximumFractionDigits: 1 }) });

// +628117701122 is read aloud in groups; a withheld number is said, not left empty.
export const number = (caller) => caller ? caller.replace(/^(\+62)(\d{3})(\d{3,4})(\d*)$/, "$1 $2 $3 $4").trim() : t("no_number");

export function place(location) {
  if (!location) return "";
  const at = `${location.lat.toFixed(5)}, ${location.lon.toFixed(5)}`;
  return location.radius ? `${at} ${t("uncertainty", { m: Math.round(location.radius) })}` : at;
}
