// The page's language and texts, and the few formats that people read.
import { FluentBundle, FluentNumber, FluentResource } from "/npm/fluent/esm/index.js";
import { byId } from "./dom.mjs";
import { distance as distanceBy, duration as durationBy, functionsOf } from "./measures.mjs";

/** @type {PageFacts} */
export const page = JSON.parse(byId("page").textContent ?? "");
/** Whether the page's user may send a command of that name (dispatch/commands.py).
 * @param {string} command */
export const may = (command) => !!page.may?.commands.includes(command);
const ZONE = document.documentElement.dataset.zone; // the city's, whatever the desk's computer is set to
/** @type {string} */
export let lang;
/** @type {string} */
export let locale;
/** @type {FluentBundle} */
let bundle;
/** @type {Intl.DateTimeFormat} */
let clockFormat;
/** @type {Intl.DateTimeFormat} */
let dayFormat;

/** @param {string} which @param {string} source */
function bundleOf(which, source) {
  const made = new FluentBundle(which, { useIsolating: false, functions: functionsOf((code, params) => t(code, params)) });
  made.addResource(new FluentResource(source));
  return made;
}

/** @param {string} which */
async function speak(which) {
  bundle = bundleOf(which, await (await fetch(`/texts/${which}.ftl`)).text());
  lang = which;
  locale = t("language.locale");
  clockFormat = new Intl.DateTimeFormat(locale, { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  dayFormat = new Intl.DateTimeFormat(locale, { timeZone: ZONE, weekday: "short", day: "numeric", month: "short" });
  document.documentElement.lang = lang;
}

/** The one that the page's switch leads to: {id, name}, named in itself. */
export const nextLanguage = () => page.languages[(page.languages.findIndex((one) => one.id === lang) + 1) % page.languages.length];

/** The words of this page's language that were in force once; `digest` names them. Null where they are not there.
 * @param {string} digest */
export async function wordsOf(digest) {
  const answer = await fetch(`/api/v1/catalogues/${digest}`);
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status}`);
  return answer.ok ? bundleOf(lang, await answer.text()) : null;
}

/** What `say` gives in those words, in today's where `words` is null.
 * @template T
 * @param {FluentBundle | null} words
 * @param {() => T} say
 * @returns {T} */
export function inWords(words, say) {
  const today = bundle;
  bundle = words ?? today;
  try {
    return say();
  } finally {
    bundle = today;
  }
}

// Without loading the page again: that would cut the sound of a call-taker who is talking.
export async function switchLanguage() {
  await speak(nextLanguage().id);
  Object.assign(byId("app").dataset, { city: named(page.city), note: named(page.note) });
  const safe = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `siaga_lang=${lang}; path=/; max-age=31536000; samesite=strict${safe}`; // for the next page, as pages.py sets it
}

/** What something of the city is called; in the city's own language where it says nothing else.
 * @param {Names | null | undefined} names */
export const named = (names) => names?.[lang] || names?.[page.languages[0].id] || "";

/** `code`: a message of the catalogue (dispatch/locale), whose name has "-" for ".". `values`: what fills its blanks: words,
 * numbers, other texts ({ code, params }), or several of them.
 * @type {Say} */
export function t(code, values = {}) {
  const message = bundle.getMessage(nameOf(code));
  if (!message?.value) return code.slice(code.lastIndexOf(".") + 1).replace(/[-_]/g, " "); // a word that nobody has thought of, never a key
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, param(value)]));
  return bundle.formatPattern(message.value, given, []).replace(/\{\$\w+\}/g, "");
}

/** A text as the server gives it.
 * @param {{ code: string, params?: Params } | null | undefined} text */
export const say = (text) => (text ? t(text.code, text.params) : "");

/** What an answer of the API other than 200 says, "" where it says nothing.
 * @param {Partial<Api.NotDone>} answer */
export const problemOf = ({ error }) => (error ? say(error) : "");

/** @param {string} code */
export const has = (code) => bundle.hasMessage(nameOf(code));

/** @param {string} code */
const nameOf = (code) => code.replaceAll(".", "-");

/** @param {Param} value @returns {string | FluentNumber} */
function param(value) {
  if (isList(value)) return value.map((one) => `${param(one)}`).join(", ");
  if (typeof value === "object" && value?.code) return say(value);
  return typeof value === "number" ? new FluentNumber(value, { useGrouping: false }) : `${value ?? ""}`;
}

/** @type {(value: Param) => value is readonly Param[]} */
const isList = Array.isArray;

/** @param {number | null | undefined} at */
export const clock = (at) => (at ? clockFormat.format(new Date(at * 1000)).replaceAll(".", ":") : "–");
/** @param {number} at */
export const day = (at) => dayFormat.format(new Date(at * 1000));

/** @param {number} seconds */
export function age(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  return s < 3600
    ? `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`
    : `${Math.floor(s / 3600)}:${String(Math.floor(s / 60) % 60).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
}

/** @param {number} seconds */
export const duration = (seconds) => durationBy(t, seconds);
/** @param {number} metres */
export const distance = (metres) => distanceBy(t, metres);

/** +628117701122 is read aloud in groups; a withheld number is said, not left empty.
 * @param {string | null | undefined} caller */
export const number = (caller) => (caller ? caller.replace(/^(\+62)(\d{3})(\d{3,4})(\d*)$/, "$1 $2 $3 $4").trim() : t("no_number"));

/** @param {(Spot & { radius?: number | null }) | null | undefined} location */
export function place(location) {
  if (!location) return "";
  const at = `${location.lat.toFixed(5)}, ${location.lon.toFixed(5)}`;
  return location.radius ? t("place_within", { at, m: Math.round(location.radius) }) : at;
}

await speak(page.lang);
