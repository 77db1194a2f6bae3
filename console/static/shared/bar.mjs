// What every page has in its bar: day or night, the next language, and the way out.
import { html } from "/npm/htm/preact/standalone.module.js";
import { nextLanguage, switchLanguage } from "./i18n.mjs";

const page = document.documentElement;

/** The theme that was chosen on this machine, else `usual`.
 * @param {string} usual */
export const beginTheme = (usual) => {
  page.dataset.theme = localStorage.getItem("theme") ?? usual;
};

export function toggleTheme() {
  page.dataset.theme = page.dataset.theme === "night" ? "day" : "night";
  localStorage.setItem("theme", page.dataset.theme);
}

/** `then()` draws the page anew.
 * @param {{ then: () => void }} props */
export function OtherLanguage({ then }) {
  const { id, name } = nextLanguage();
  return html`<button class="quiet" lang=${id} translate=${false} onClick=${() => switchLanguage().then(then)}>${name}</button>`;
}

export async function signOut() {
  await fetch("/api/v1/session", { method: "DELETE" }).catch(() => {}); // one that is over already asks for no password
  location.href = "/sign-in";
}
