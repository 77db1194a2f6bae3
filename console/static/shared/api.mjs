// Requests to the API; every failure becomes a sentence in the page's language. A command has an identity: the same one
// that is on its way is not sent beside itself, and one that nobody answered is soon sent again under the same key, so
// that the room does it once (docs/api.md).
import { heard } from "./heard.mjs";
import { problemOf, t } from "./i18n.mjs";
import { unlocked } from "./lock.mjs";

const STILL_MEANT = 60_000; // ms; what was asked for before the screen was locked for longer is not done behind anybody's back

const SAME_PRESS = 30; // s after the first press; later it is a new wish, of a room that may be another by then
const PATIENCE = 15; // s without an answer; the room itself gives up after ten

/** `status` 0: nobody answered. `unsent`: it was not even sent, because the room is silent. */
export class Problem extends Error {
  /** @param {number} status @param {string} text */
  constructor(status, text, unsent = false) {
    super(text);
    this.status = status;
    this.unsent = unsent;
  }
  /** Whether the room has not said what becomes of it: silence, a screen locked for long, too many requests, no journal. */
  get undecided() {
    return [0, 401, 429].includes(this.status) || this.status >= 500;
  }
}

/** What was caught, as a problem. A fault of the page itself is one that the room knows nothing of.
 * @param {unknown} wrong */
export const problemFrom = (wrong) =>
  wrong instanceof Problem ? wrong : new Problem(NaN, wrong instanceof Error ? wrong.message : String(wrong));

/** Why the room cannot be asked for anything now, "" when it can; pages with a feed put their own in. */
export const room = { silent: () => "" };

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @typedef {{ key?: string, ago?: number, at?: number, within?: number }} Options */

/** @param {string} method @param {string} path @param {unknown} body @param {Options} options */
async function request(method, path, body, options = {}) {
  const { key = "", ago = 0, at = 0, within = PATIENCE } = options;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), within * 1000);
  let answer, said;
  try {
    answer = await fetch(path, {
      method,
      signal: stop.signal,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(key && { "Idempotency-Key": key }),
        ...(at > 0 && { "Happened-Ago": ago.toFixed(3), "Happened-At": at.toFixed(3) }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    said = await answer.json().catch((wrong) => {
      if (stop.signal.aborted) throw wrong;
      return {};
    });
  } catch {
    throw new Problem(0, t(stop.signal.aborted ? "no_answer" : "network_error"));
  } finally {
    clearTimeout(timer);
  }
  if (answer.status === 401 && !location.pathname.startsWith("/sign-in")) {
    const asked = performance.now();
    await unlocked(problemOf(said));
    if (method === "GET" || performance.now() - asked < STILL_MEANT) return request(method, path, body, options);
    throw new Problem(401, t("lock.not_sent"));
  }
  if (!answer.ok) throw new Problem(answer.status, problemOf(said) || t("error_status", { status: answer.status }));
  return said;
}

/** The answer to a request has the type that /openapi.json tells of its method and path, and so has `body`; a path that there
 * is not is an error of `make lint`. `key`: sent again under it, it is done once; `ago`: seconds since what is told happened,
 * and `at`: when, by the room's clock; `within`: seconds that an answer may take.
 * @type {<M extends string, P extends string>(method: M, path: P, ...rest: Api.Checked<M, P, [body?: Api.BodyOf<M, P>, options?: Options]>) => Promise<Api.AnswerOf<M, P>>} */
export const ask = (method, path, ...[body, options]) => request(method, path, body, options);

/** @type {<P extends string>(path: P, ...rest: Api.Checked<"GET", P, [options?: Options]>) => Promise<Api.AnswerOf<"GET", P>>} */
export const get = (path, ...[options]) => request("GET", path, undefined, options);

/** @type {<P extends string>(path: P, ...rest: Api.Checked<"POST", P, [body: Api.BodyOf<"POST", P>, options?: Options]>) => Promise<Api.AnswerOf<"POST", P>>} */
export const post = (path, ...[body, options]) => request("POST", path, body, options);

/** @typedef {{ key: string, first: Heard, since: number, answer: Promise<Api.CommandDone> | null }} Begun */
/** @type {Map<string, Begun>} */
const begun = new Map(); // what is asked → {key, first: when it was pressed, since, answer: a promise, or null when nobody answered}
let tell = () => {};
/** `listener()` is called when something is sent and when it is answered.
 * @param {() => void} listener */
export const onSending = (listener) => {
  tell = listener;
};
/** Seconds since the oldest command that is on its way was sent; null when none is. */
export function sendingFor() {
  const times = [...begun.values()].filter((one) => one.answer).map((one) => one.since);
  return times.length ? (performance.now() - Math.min(...times)) / 1000 : null;
}

/** @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields */
export const commandOf = (name, fields) => /** @type {Api.Command} */ (/** @type {unknown} */ ({ command: name, ...fields }));

/** The feed brought what was done under this key: pressed again, it is meant again.
 * @param {string} key */
export function done(key) {
  for (const one of begun.values()) if (one.key === key) one.key = "";
}

/** `key`: for what must be done once although its words are changed between two tries, and twice when it is meant twice.
 * @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields
 * @returns {Promise<Api.CommandDone>} */
export function command(name, fields, key = "") {
  const what = key || JSON.stringify([name, fields]);
  const before = begun.get(what);
  if (before?.answer) return before.answer;
  const silent = room.silent();
  if (silent) return Promise.reject(new Problem(0, silent, true));
  const same = before?.key && before.first.age() < SAME_PRESS ? before : null;
  /** @type {Begun} */
  const one = { key: key || (same?.key ?? newKey()), first: same?.first ?? heard(), since: performance.now(), answer: null };
  begun.set(what, one);
  const settled = () => {
    begun.delete(what);
    // Somebody answers again: what was asked before that is seen on the board, and is a new wish when it is asked anew.
    for (const [other, { answer }] of begun) if (!answer) begun.delete(other);
  };
  const answer = post("/api/v1/commands", commandOf(name, fields), { key: one.key })
    .then(
      (said) => {
        settled();
        return said;
      },
      (wrong) => {
        if (wrong.status === 0 || wrong.status >= 500) one.answer = null;
        else settled();
        throw wrong;
      },
    )
    .finally(() => tell());
  one.answer = answer;
  tell();
  return answer;
}
