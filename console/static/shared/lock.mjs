// The screen is locked when the session is over: the same person's password opens it again, on the same page. The sound
// goes on, and what was typed stays. What stands on the page is not shown meanwhile: who looks at it may be anybody.
import { page, problemOf, t } from "./i18n.mjs";

let box = null,
  waits = null,
  open = null;
let talk = () => null;

/** `tells()` gives {talking, muted, mute(on)} on a page with sound: who talks is told so, and can still be silent. */
export const whileLocked = (tells) => {
  talk = tells;
};

/** Locks the screen; the promise is kept when the same person has signed in again. `why`: the server's own words. */
export function unlocked(why) {
  if (!waits) {
    waits = new Promise((done) => {
      open = done;
    });
    show();
  }
  box.querySelector(".why").textContent = why;
  return waits;
}

function made(name, fields = {}, ...inside) {
  const node = Object.assign(document.createElement(name), fields);
  node.append(...inside);
  return node;
}

function show() {
  document.documentElement.dataset.locked = "";
  const problem = made("p", { className: "problem" });
  problem.setAttribute("role", "alert");
  const password = made("input", { type: "password", required: true, autocomplete: "current-password", id: "unlock" });
  const user = made("input", { type: "text", value: page.name, readOnly: true, autocomplete: "username", id: "unlock-user" });
  const leave = made("button", { type: "button", className: "quiet", textContent: t("lock.leave") });
  leave.addEventListener("click", () => {
    location.href = "/sign-in";
  });
  const form = made(
    "form",
    {},
    made("h1", { textContent: t("lock.title"), id: "lock-title" }),
    made("p", { textContent: t("lock.how") }),
    made("p", { className: "why soft" }),
    ...sound(),
    made("label", {}, t("user"), user),
    made("label", {}, t("password"), password),
    problem,
    made("div", { className: "row spread" }, made("button", { className: "primary big", textContent: t("lock.open") }), leave),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(password, problem);
  });
  box = made("dialog", { className: "card lock" }, form);
  box.setAttribute("aria-labelledby", "lock-title");
  box.addEventListener("cancel", (event) => event.preventDefault()); // Esc opens no lock
  document.body.append(box);
  addEventListener("keydown", keep, true);
  box.showModal();
  password.focus();
}

// Keys are for the lock alone: none of them answers, ends or sends anything behind it.
function keep(event) {
  event.stopImmediatePropagation();
  if (!box.contains(event.target) || event.key === "Escape" || /^F\d+$/.test(event.key)) event.preventDefault();
}

function sound() {
  const now = talk();
  if (!now?.talking) return [];
  const button = made("button", { type: "button" });
  const draw = () => {
    button.textContent = t(talk().muted ? "lock.unmute" : "lock.mute");
  };
  button.addEventListener("click", () => {
    talk().mute(!talk().muted);
    draw();
  });
  draw();
  return [made("p", { className: "talks", textContent: t("lock.talking") }), button];
}

async function signIn(password, problem) {
  problem.textContent = "";
  const button = box.querySelector(".primary");
  button.disabled = true; // pressed twice it would count as two tries
  const given = { user: page.name, password: password.value, unit: page.unit ?? "" };
  let answer;
  try {
    const headers = { "Content-Type": "application/json" };
    answer = await fetch("/api/v1/session", { method: "POST", headers, body: JSON.stringify(given) });
  } catch {
    problem.textContent = t("network_error");
    button.disabled = false;
    return;
  }
  button.disabled = false;
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    hide(said);
    return;
  }
  problem.textContent = problemOf(said) || t("error_status", { status: answer.status });
  password.select();
}

function hide(said) {
  // Another role has another page; whoever talks stays on this one until the talk is over.
  if (said.role !== page.role && !talk()?.talking) {
    location.href = "/";
    return;
  }
  removeEventListener("keydown", keep, true);
  delete document.documentElement.dataset.locked;
  box.remove();
  const done = open;
  box = waits = open = null;
  done();
  dispatchEvent(new Event("unlocked")); // the feed need not wait for its next try
}
