// What every page has in its bar: day or night, and the way out.
import { ask } from "./api.mjs";

const page = document.documentElement;

// The theme that was chosen on this machine, else `usual`.
export const beginTheme = (usual) => { page.dataset.theme = localStorage.getItem("theme") ?? usual; };

export function toggleTheme() {
  page.dataset.theme = page.dataset.theme === "night" ? "day" : "night";
  localStorage.setItem("theme", page.dataset.theme);
}

export async function signOut() {
  await ask("DELETE", "/api/v1/session").catch(() => {});
  location.href = "/sign-in";
}
