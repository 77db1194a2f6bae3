// Signing in: sends the form, asks a responder for the unit when the server wants one, offers the demo's accounts.

import { post } from "/static/api.mjs";
import { t } from "/static/i18n.mjs";

const form = document.getElementById("sign-in");
const refusal = document.getElementById("refusal");
const choice = document.getElementById("unit-choice");
const button = form.querySelector("button[type=submit]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  refusal.hidden = true;
  button.disabled = true;
  button.textContent = t("signin.busy");
  const { user, password, unit } = Object.fromEntries(new FormData(form));
  try {
    await post("/api/v1/session", unit ? { user, password, unit: unit.trim().toUpperCase() } : { user, password });
    location.assign("/");
  } catch (failure) {
    refusal.textContent = failure.message;
    refusal.hidden = false;
    if (failure.status === 409) {
      choice.hidden = false;
      form.unit.focus();
    } else {
      form.password.select();
    }
  } finally {
    button.disabled = false;
    button.textContent = t("signin.submit");
  }
});

for (const account of document.querySelectorAll("[data-user]")) {
  account.addEventListener("click", () => {
    form.user.value = account.dataset.user;
    form.password.value = account.dataset.password;
    form.unit.value = account.dataset.unit;
    form.requestSubmit();
  });
}
