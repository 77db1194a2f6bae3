// All units in a list: what the map shows, for those who work without it, and the way to send one that was not proposed.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { LETTERS, letterOf } from "../shared/agencies.mjs";
import { clock, has, named, t } from "../shared/i18n.mjs";
import { resting, sighted, unsureOf } from "../shared/sighted.mjs";
import { feed, ui } from "../shared/store.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

/** @type {Record<string, string>} */
const CALM = { available: "ok", assigned: "warn", acknowledged: "on", en_route: "on", on_scene: "ok", busy: "warn", off_duty: "" };

/** @param {string} id */
const agencyOf = (id) => ui.city?.agencies.find((one) => one.id === id);
/** @param {string} id */
const nameOf = (id) => (has(`agency.${id}`) ? t(`agency.${id}`) : named(agencyOf(id)?.names) || id);

/** @param {{ agency: string }} props */
export function Badge({ agency }) {
  const known = agencyOf(agency),
    name = nameOf(agency);
  return html`<span class="badge ${agency} ${known?.centre ? "aid" : ""}" translate=${has(`agency.${agency}`)} title=${name} aria-label=${name} role="img"><span translate=${false}>${letterOf(agency, known?.centre)}</span></span>`;
}

/** `action(unit)` gives what stands at the end of a row; only units for which `only(unit)` holds are listed.
 * @param {{ title: string, only?: (unit: Api.Unit) => boolean, action?: ((unit: Api.Unit) => Children) | null }} props */
export function Fleet({ title, only = () => true, action = null }) {
  const [text, setText] = useState("");
  const asked = text.toLowerCase();
  const order = [...Object.keys(LETTERS), ""];
  const place = (/** @type {Api.Unit} */ unit) => order.indexOf(unit.agency in LETTERS ? unit.agency : "");
  const units = Object.values(feed.board.units)
    .filter((unit) => only(unit) && `${unit.id} ${unit.name} ${nameOf(unit.agency)}`.toLowerCase().includes(asked))
    .sort((a, b) => place(a) - place(b) || a.id.localeCompare(b.id));
  return html`<section class="fleet" aria-label=${title}>
    <div class="row spread"><h2>${title} <span class="count">${units.length}</span></h2>
      <input id="find-unit" type="search" aria-label=${t("find_unit")} placeholder=${t("find_unit")} value=${text} onInput=${(event) => setText(event.target.value)} /></div>
    <ul>${units.map((unit) => {
      const job = feed.board.assignments[unit.assignment];
      const state = job ? job.state : unit.status;
      const offShift = resting(unit) && unit.status === "available";
      const seen = sighted(unit, feed.fixes[unit.id], feed.now()),
        unsure = unsureOf(seen);
      return html`<li key=${unit.id}><${Badge} agency=${unit.agency} />
        <button class="plain grow" onClick=${() => ui.map?.go(seen.lat, seen.lon)}><strong translate=${false}>${unit.id}</strong> <span class="soft"><span translate=${false}>${unit.name}</span>${unsure && html` · <span>${unsure}</span>`}</span></button>
        ${action?.(unit) ?? html`<span class="chip ${offShift ? "" : (CALM[state] ?? "")}">${job ? html`<${Dotted} of=${[html`<${Data}>${job.incident}</${Data}>`, t(`state.${state}`)]} />` : offShift ? t("off_shift", { time: clock(unit.shift_until).slice(0, 5) }) : t(`status.${state}`)}</span>`}</li>`;
    })}</ul></section>`;
}
