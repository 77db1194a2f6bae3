// Asks the server, and turns every failure into a sentence in the page's language that says what to do.

import { language, t } from "/static/i18n.mjs";

/** A refusal or failure; `status` is 0 when the server was not reached. */
export class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0, t("error.network"));
  }
  const text = await answer.text();
  let value = null;
  try {
    value = text ? JSON.parse(text) : null;
  } catch { /* not JSON: only its status is told */ }
  if (answer.ok) return value;
  if (answer.status === 401 && path !== "/api/v1/session") throw new Refusal(401, t("error.session"));
  throw new Refusal(answer.status, value?.error?.[language()] ?? t("error.unknown", { status: answer.status }));
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path, {});

/** Sends a command; resolves to {seq} once it is in the journal. */
export const command = (name, fields = {}) => post("/api/v1/commands", { command: name, ...fields });

/** Ends the session and goes to the first page. */
export async function signOut() {
  await remove("/api/v1/session").catch(() => {}); // the page is left in any case
  location.assign("/sign-in");
}
