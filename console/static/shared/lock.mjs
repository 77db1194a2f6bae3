// The screen is locked when the session is over: the same person's password opens it again, on the same page. The sound
// goes on, and what was typed stays. What stands on the page is not shown meanwhile: who looks at it may be anybody.
import { one } from "./dom.mjs";
import { page, problemOf, t } from "./i18n.mjs";

/** @typedef {{ talking: boolean, muted: boolean, mute: (on: boolean) => void }} Talk */
/** The lock that is shown: `done()` keeps the promise of those who wait.
 * @type {{ box: HTMLDialogElement, waits: Promise<void>, done: () => void } | null} */
let lock = null;
/** @type {() => Talk | null} */
let talk = () => null;

/** `tells()` on a page with sound: who talks is told so, and can still be silent.
 * @param {() => Talk} tells */
export const whileLocked = (tells) => {
  talk = tells;
};

/** Locks the screen; the promise is kept when the same person has signed in again. `why`: the server's own words.
 * @param {string} why */
export function unlocked(why) {
  const shown = lock ?? locked();
  one(HTMLElement, ".why", shown.box).textContent = why;
  return shown.waits;
}

function locked() {
  let done = () => {};
  /** @type {Promise<void>} */
  const waits = new Promise((kept) => {
    done = kept;
  });
  lock = { box: made("dialog", { className: "card lock" }), waits, done };
  show(lock.box);
  return lock;
}

/** @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Partial<HTMLElementTagNameMap[N]>} fields
 * @param {(Node | string)[]} inside */
function made(name, fields = {}, ...inside) {
  const node = document.createElement(name);
  Object.assign(node, fields);
  node.append(...inside);
  return node;
}

/** @param {HTMLDialogElement} box */
function show(box) {
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
    signIn(password, problem, one(HTMLButtonElement, ".primary", form));
  });
  box.append(form);
  box.setAttribute("aria-labelledby", "lock-title");
  box.addEventListener("cancel", (event) => event.preventDefault()); // Esc opens no lock
  document.body.append(box);
  addEventListener("keydown", keep, true);
  box.showModal();
  password.focus();
}

/** Keys are for the lock alone: none of them answers, ends or sends anything behind it.
 * @param {KeyboardEvent} event */
function keep(event) {
  event.stopImmediatePropagation();
  const within = event.target instanceof Node && lock?.box.contains(event.target);
  if (!within || event.key === "Escape" || /^F\d+$/.test(event.key)) event.preventDefault();
}

function sound() {
  if (!talk()?.talking) return [];
  const button = made("button", { type: "button" });
  const draw = () => {
    button.textContent = t(talk()?.muted ? "lock.unmute" : "lock.mute");
  };
  button.addEventListener("click", () => {
    const now = talk();
    now?.mute(!now.muted);
    draw();
  });
  draw();
  return [made("p", { className: "talks", textContent: t("lock.talking") }), button];
}

/** @param {HTMLInputElement} password @param {HTMLElement} problem @param {HTMLButtonElement} button */
async function signIn(password, problem, button) {
  problem.textContent = "";
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

/** @param {Api.SignedIn} said */
function hide(said) {
  // Another role has another page; whoever talks stays on this one until the talk is over.
  if (said.role !== page.role && !talk()?.talking) {
    location.href = "/";
    return;
  }
  removeEventListener("keydown", keep, true);
  delete document.documentElement.dataset.locked;
  const { box, done } = /** @type {NonNullable<typeof lock>} */ (lock);
  box.remove();
  lock = null;
  done();
  dispatchEvent(new Event("unlocked")); // the feed need not wait for its next try
}
