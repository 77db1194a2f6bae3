// The page's language: texts by key, numbers and times as people here write them. It can change while a call is on.

export const page = JSON.parse(document.getElementById("page").textContent);
const TIME_ZONE = "Asia/Jakarta"; // WIB, whatever the desk's computer is set to

let lang = page.lang === "en" ? "en" : "id";
let texts = await load(lang);
const listeners = new Set();

async function load(which) {
  const answer = await fetch(`/texts/${which}.json`);
  if (!answer.ok) throw new Error(`texts ${which}: ${answer.status}`);
  return answer.json();
}

export const language = () => lang;
export const onLanguage = (listener) => listeners.add(listener);

/** The text for `key` with its {names} filled from `values`; "" when the key is unknown and `silent`. */
export function t(key, values = {}, silent = false) {
  const text = texts[key];
  if (text === undefined) return silent ? "" : key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Changes the language without loading the page again, because that would cut the call-taker's audio. */
export async function switchLanguage() {
  const other = lang === "id" ? "en" : "id";
  texts = await load(other);
  lang = other;
  document.documentElement.lang = other;
  fetch(`${location.pathname}?lang=${other}`).catch(() => {}); // only sets the cookie for the next page
  for (const listener of listeners) listener();
}

/** `field`_id or `field`_en of `record`, whichever is the page's language. */
export const said = (record, field) => record?.[`${field}_${lang}`] || record?.[`${field}_id`] || "";

const locale = () => (lang === "id" ? "id-ID" : "en-GB");
const format = (at, options) => new Intl.DateTimeFormat(locale(), { timeZone: TIME_ZONE, ...options }).format(at * 1000);

/** Clock times from seconds since 1970. */
export const clock = (at) => (at ? format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }) : "");
export const day = (at) => format(at, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

const number = (value, digits) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

/** Metres as people say them. */
export function metres(value) {
  if (value < 1000) return t("unit.m", { n: number(Math.round(value), 0) });
  return t("unit.km", { n: number(value / 1000, value < 10000 ? 1 : 0) });
}

/** Seconds as people say them: for travel times and how long ago. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return t("unit.s", { n: s });
  if (s < 5400) return t("unit.min", { n: Math.round(s / 60) });
  return t("unit.h", { n: number(s / 3600, 1) });
}

/** Seconds as a running clock, 1:05. */
export function counter(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const tail = `${String(Math.floor((s % 3600) / 60)).padStart(s >= 3600 ? 2 : 1, "0")}:${String(s % 60).padStart(2, "0")}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${tail}` : tail;
}
