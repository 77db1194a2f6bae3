// Requests to the API; every failure becomes a sentence in the page's language.
import { lang, t } from "./i18n.mjs";

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
  if (answer.status === 401 && !location.pathname.startsWith("/sign-in")) {
    location.href = "/sign-in";
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, said.error?.[lang] ?? `${t("error")} ${answer.status}`);
  return said;
}

export const get = (path) => ask("GET", path);
export const post = (path, body, options) => ask("POST", path, body, options);
export const command = (name, fields) => post("/api/v1/commands", { command: name, ...fields });
