// Requests to the API; every failure becomes a sentence in the page's language.
import { lang, t } from "./i18n.mjs";
import { unlocked } from "./lock.mjs";

const STILL_MEANT = 60_000; // ms; what was asked for before the screen was locked for longer is not done behind anybody's back

export class Problem extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

/** `key`: sent again under it, it is done once; `ago`: seconds since what is told happened, and `at`: when, by the room's clock. */
export async function ask(method, path, body, { key = "", ago = 0, at = 0 } = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }), ...(key && { "Idempotency-Key": key }),
        ...(at > 0 && { "Happened-Ago": ago.toFixed(3), "Happened-At": at.toFixed(3) }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, t("network_error"));
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401 && !location.pathname.startsWith("/sign-in")) {
    const asked = performance.now();
    await unlocked(said.error?.[lang] ?? "");
    if (method === "GET" || performance.now() - asked < STILL_MEANT) return ask(method, path, body);
    throw new Problem(401, t("lock.not_sent"));
  }
  if (!answer.ok) throw new Problem(answer.status, said.error?.[lang] ?? `${t("error")} ${answer.status}`);
  return said;
}

export const get = (path) => ask("GET", path);
export const post = (path, body, options) => ask("POST", path, body, options);
export const command = (name, fields) => post("/api/v1/commands", { command: name, ...fields });
