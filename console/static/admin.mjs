// The admin's page: who may sign in, with which role.
import { html, render } from "/npm/htm/preact/standalone.module.js";
import { ask, get, post, problemFrom } from "./shared/api.mjs";
import { beginTheme, signOut } from "./shared/bar.mjs";
import { byId } from "./shared/dom.mjs";
import { nextLanguage, page, t } from "./shared/i18n.mjs";

const app = byId("app");
/** A form's `submit`; its fields stand under their names.
 * @typedef {SubmitEvent & { readonly currentTarget: HTMLFormElement }} Submitted */

/** @type {{ people: Api.Account[], problem: string, done: string }} */
const ui = { people: [], problem: "", done: "" };
beginTheme("day");

/** @param {() => unknown} request */
async function attempt(request, done = "") {
  ui.problem = ui.done = "";
  try {
    await request();
    ui.done = done;
    ui.people = await get("/api/v1/people");
  } catch (wrong) {
    ui.problem = problemFrom(wrong).message;
  }
  draw();
}

/** @param {Submitted} event */
function save(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const value = (/** @type {string} */ field) => form[field].value.trim();
  /** @type {Api.Person} */
  const given = { name: value("name"), password: value("password"), role: value("role"), unit: value("unit") };
  if (value("skills")) given.skills = value("skills"); // a new password leaves them as they are
  attempt(() => post("/api/v1/people", given).then(() => form.reset()), t("saved", { name: given.name }));
}

/** @param {Submitted} event @param {Api.Account} one */
function saveSkills(event, one) {
  event.preventDefault();
  const skills = event.currentTarget.skills.value;
  attempt(() => post(`/api/v1/people/${encodeURIComponent(one.name)}/skills`, { skills }), t("saved", { name: one.name }));
}

/** @param {string} name */
const remove = (name) => confirm(t("remove_sure", { name })) && attempt(() => ask("DELETE", `/api/v1/people/${encodeURIComponent(name)}`));

function People() {
  return html`<header><img src="/static/shared/icon.svg" alt="" width="34" height="34" /><h1>${t("people")}</h1>
      ${app.dataset.note && html`<span class="demo-note" translate=${false}>${app.dataset.note}</span>`}<span class="grow"></span>
      <a href=${`?lang=${nextLanguage().id}`} lang=${nextLanguage().id} translate=${false}>${nextLanguage().name}</a>
      <button class="quiet" onClick=${signOut}>${t("sign_out_of", { name: page.name })}</button></header>
    <main id="main" class="card"><table><thead><tr><th>${t("user")}</th><th>${t("role")}</th><th>${t("unit")}</th><th>${t("skills")}</th><th></th></tr></thead>
      <tbody>${ui.people.map(
        (one) => html`<tr key=${one.name}>
          <td translate=${false}><strong>${one.name}</strong></td><td>${t(`role.${one.role}`)}</td><td translate=${false}>${one.unit}</td>
        <td><form class="row" onSubmit=${(/** @type {Submitted} */ event) => saveSkills(event, one)}><input name="skills" size="18" defaultValue=${one.skills.join(", ")} key=${one.skills.join()} aria-label=${t("skills_of", { name: one.name })} autocomplete="off" /><button class="quiet">${t("save")}</button></form></td>
        <td>${one.name !== page.name && html`<button class="quiet" onClick=${() => remove(one.name)}>${t("remove")}</button>`}</td></tr>`,
      )}</tbody></table></main>
    <section class="card"><h2>${t("add_person")}</h2><form onSubmit=${save}>
      <label>${t("user")}<input name="name" required autocomplete="off" /></label>
      <label>${t("password")}<input name="password" type="password" minlength="8" required autocomplete="new-password" /></label>
      <label>${t("role")}<select name="role">${page.may.roles.map((role) => html`<option key=${role} value=${role}>${t(`role.${role}`)}</option>`)}</select></label>
      <label>${t("unit")}<input name="unit" autocomplete="off" /></label>
      <label>${t("skills")}<input name="skills" placeholder=${t("skills_example")} aria-describedby="skills-hint" autocomplete="off" /></label>
      <p class="soft" id="skills-hint">${t("skills_hint")}</p>
      <button class="primary">${t("save")}</button></form>
      <p class="problem" role="alert">${ui.problem}</p><p role="status">${ui.done}</p></section>`;
}

const draw = () => render(html`<${People} />`, app);
draw();
attempt(async () => {});
