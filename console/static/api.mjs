// Requests to the API; every failure becomes a sentence in the page's language.
import { lang, t } from "./i18n.mjs";

export class Problem extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

export async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
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
export const post = (path, body) => ask("POST", path, body);
export const command = (name, fields) => post("/api/v1/commands", { command: name, ...fields });
