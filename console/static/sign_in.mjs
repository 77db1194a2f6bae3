// The sign-in form; demo accounts fill it in and send it.
import { ask } from "./shared/api.mjs";

const form = document.getElementById("form");
const problem = document.getElementById("problem");
const unitLabel = document.getElementById("unit-label");
const field = (name) => document.getElementById(name);

async function send() {
  problem.textContent = "";
  const given = { user: field("user").value.trim(), password: field("password").value };
  if (!unitLabel.hidden) given.unit = field("unit").value;
  try {
    await ask("POST", "/api/v1/session", given);
    location.href = "/";
  } catch (wrong) {
    if (wrong.status === 409) {
      unitLabel.hidden = false;
      field("unit").focus();
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
for (const button of document.querySelectorAll("[data-user]")) {
  button.addEventListener("click", () => {
    field("user").value = button.dataset.user;
    field("password").value = button.dataset.password;
    const responder = button.dataset.role === "responder";
    const asked = !unitLabel.hidden && responder;
    unitLabel.hidden = !responder;
    if (responder && !asked) field("unit").focus();
    else send();
  });
}
