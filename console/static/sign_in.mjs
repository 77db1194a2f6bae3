// The sign-in form; demo accounts fill it in and send it.
import { ask, problemFrom } from "./shared/api.mjs";
import { byId, one } from "./shared/dom.mjs";

const form = byId("form");
const problem = byId("problem");
const unitLabel = byId("unit-label");
const user = one(HTMLInputElement, "#user");
const password = one(HTMLInputElement, "#password");
const unit = one(HTMLSelectElement, "#unit");

async function send() {
  problem.textContent = "";
  /** @type {Api.SignIn} */
  const given = { user: user.value.trim(), password: password.value };
  if (!unitLabel.hidden) given.unit = unit.value;
  try {
    await ask("POST", "/api/v1/session", given);
    location.href = "/";
  } catch (caught) {
    const wrong = problemFrom(caught);
    if (wrong.status === 409) {
      unitLabel.hidden = false;
      unit.focus();
    }
    problem.textContent = wrong.message;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
// Until here Enter would have sent the password as part of an address.
for (const button of form.querySelectorAll("button")) button.disabled = false;
/** @type {NodeListOf<HTMLElement>} */
const demo = document.querySelectorAll("[data-user]");
for (const button of demo) {
  button.addEventListener("click", () => {
    user.value = button.dataset.user ?? "";
    password.value = button.dataset.password ?? "";
    const responder = button.dataset.role === "responder";
    const asked = !unitLabel.hidden && responder;
    unitLabel.hidden = !responder;
    if (responder && !asked) unit.focus();
    else send();
  });
}
