// What every page has in its bar: day or night, and the way out.
const page = document.documentElement;

// The theme that was chosen on this machine, else `usual`.
export const beginTheme = (usual) => { page.dataset.theme = localStorage.getItem("theme") ?? usual; };

export function toggleTheme() {
  page.dataset.theme = page.dataset.theme === "night" ? "day" : "night";
  localStorage.setItem("theme", page.dataset.theme);
}

export async function signOut() {
  await fetch("/api/v1/session", { method: "DELETE" }).catch(() => {}); // one that is over already asks for no password
  location.href = "/sign-in";
}
