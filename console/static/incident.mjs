// The right column: the call in the headset, the incident, the units proposed and sent.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "./api.mjs";
import { Choice } from "./choice.mjs";
import { CallCard } from "./handling.mjs";
import { CallIn } from "./call_in.mjs";
import { LocationLink } from "./location_link.mjs";
import { Badge, Fleet } from "./fleet.mjs";
import { age, clock, distance, duration, has, lang, place, method, t } from "./i18n.mjs";
import { Doubt, Told } from "./neighbours.mjs";
import { Places } from "./places.mjs";
import { PlaceSearch, radiusOf } from "./search.mjs";
import { attempt, away, bestPlace, feed, myCall, redraw, ringing, typeName, ui } from "./store.mjs";
import { WrapUp, unclassified } from "./wrapup.mjs";

const NEAR = 500; // metres

export function chosenCall() {
  return myCall() ?? ringing() ?? feed.board.calls[ui.call] ?? feed.board.calls[feed.board.incidents[ui.incident]?.calls.at(-1)];
}

export const chosenIncident = () => feed.board.incidents[ui.incident] ?? feed.board.incidents[myCall()?.incident];

export function newIncident() {
  const call = myCall();
  const best = bestPlace(call);
  ui.draft = { call: call?.id ?? "", type: "", address: ui.words?.[call?.id] ?? "", note: "", location: best ?? null };
  ui.incident = "";
  ui.typed = "";
  redraw();
  requestAnimationFrame(() => document.getElementById("type")?.focus());
}

// What was typed and not found is kept when the map is clicked: it is what the caller calls the place.
const typed = (text) => { ui.typed = text; };
const AddressSearch = ({ value, onText, onPick }) => html`<${PlaceSearch} id="address" label=${t("address")} value=${value}
  near=${() => bestPlace(chosenCall())} onText=${(text) => { typed(text); onText(text); }} onPick=${(hit) => { typed(""); onPick(hit); }} />`;

// It goes into the list of names at once; without this it is only remembered as not confirmed.
function KeepName({ said, location, address }) {
  if (!said || location?.method !== "map") return null;
  return html`<button type="button" class="quiet" onClick=${() => attempt(() => command("AddAlias", { alias: said, location, name: address }))}>${t("alias_add", { said })}</button>`;
}

const fromHit = (hit) => ({ lat: hit.lat, lon: hit.lon, radius: radiusOf(hit), source: "operator", method: "gazetteer", text: hit.name, shape: "Circle", at: feed.now() });

const types = () => ui.city.incident_types.map((type) => ({ id: type.id, name: type[`name_${lang}`] }));
const focusOn = (id) => requestAnimationFrame(() => document.getElementById(id)?.focus());

// Several people report one accident: joining keeps the second crew free.
function Nearby({ draft }) {
  if (!draft.call || !draft.location) return null;
  const near = Object.values(feed.board.incidents)
    .filter((one) => one.state === "open" && one.location && away(one.location, draft.location) < NEAR)
    .sort((a, b) => b.opened - a.opened).slice(0, 3);
  if (!near.length) return null;
  const join = async (incident) => {
    if (await attempt(() => command("LinkCall", { incident, call: draft.call }))) { ui.draft = null; ui.incident = incident; redraw(); }
  };
  return html`<div class="nearby"><p><strong>${t("nearby")}</strong></p>${near.map((one) => html`<div class="row spread" key=${one.id}>
    <span>${typeName(one.type)} · ${distance(away(one.location, draft.location))} · ${age(feed.now() - one.opened)}</span>
    <button type="button" onClick=${() => join(one.id)}>${t("join", { incident: one.id })}</button></div>`)}</div>`;
}

function Draft() {
  const draft = ui.draft;
  const change = (fields) => { Object.assign(draft, fields); redraw(); };
  const send = async (event) => {
    event.preventDefault();
    const fields = { type: draft.type, address: draft.address, note: draft.note };
    if (draft.call) fields.call = draft.call;
    if (draft.location) fields.location = draft.location;
    if (draft.alert) fields.alert = draft.alert;
    if (draft.said && draft.location?.method === "map") fields.said = draft.said;
    const said = await attempt(() => command("OpenIncident", fields));
    if (said) { ui.draft = null; redraw(); }
  };
  return html`<form class="card draft" onSubmit=${send} aria-label=${t("new_incident")}>
    <div class="row spread"><h2>${t("new_incident")}</h2><button type="button" class="quiet" onClick=${() => { ui.draft = null; redraw(); }}>${t("cancel")}</button></div>
    <${Choice} id="type" label=${t("type")} items=${types()} value=${draft.type} onPick=${(type) => { change({ type }); focusOn(draft.location ? "note" : "address"); }} />
    <${AddressSearch} value=${draft.address} onText=${(address) => change({ address })}
      onPick=${(hit) => { change({ address: hit.name, location: fromHit(hit) }); ui.map?.go(hit.lat, hit.lon); focusOn("note"); }} />
    <p class="soft num">${draft.location ? place(draft.location) : t("no_place")}</p>
    <${KeepName} ...${draft} />
    <${Nearby} draft=${draft} />
    <label>${t("note")}<textarea id="note" placeholder=${t("note_hint")} value=${draft.note} onInput=${(event) => { draft.note = event.target.value; }}
      onKeyDown=${(event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); event.target.form.requestSubmit(); } }}></textarea></label>
    <button class="primary" type="submit" disabled=${!draft.type}>${t("open_incident")} <kbd>Enter</kbd></button>
  </form>`;
}

function assign(incident, unit, reason = "") {
  ui.reasonFor = "";
  return attempt(() => command("AssignUnit", { incident: incident.id, unit, reason }));
}

function Candidate({ incident, one, first }) {
  const unit = feed.board.units[one.unit];
  const asking = ui.reasonFor === one.unit;
  const taken = unit?.assignment;
  const ask = () => { if (one.suggested) assign(incident, one.unit); else { ui.reasonFor = one.unit; redraw(); requestAnimationFrame(() => document.getElementById("why")?.focus()); } };
  return html`<li class="candidate ${one.suggested ? "suggested" : ""}" key=${one.unit}>
    <${Badge} agency=${one.agency} />
    <div class="grow"><div class="row spread"><strong>${one.rank}. ${one.unit}</strong>
      <span class="num">${one.mode === "cut-off" ? t("cut_off") : `${duration(one.seconds)} · ${distance(one.metres)}`}</span></div>
      <p class="soft">${one[`reason_${lang}`]}</p>
      <p>${one.suggested && html`<span class="chip ok">${t("suggested")}</span>`} ${one.stale && html`<span class="chip warn">${t("stale")}</span>`} ${one.doubt && html`<span class="chip warn">${t(`doubt.${one.doubt}`)}</span>`} ${one.uncertain && html`<span class="chip warn">${t("uncertain")}</span>`}</p>
      ${asking && html`<form class="row" onSubmit=${(event) => { event.preventDefault(); assign(incident, one.unit, event.target.why.value); }}>
        <input id="why" name="why" required placeholder=${t("reason_hint")} aria-label=${t("reason_why")} /></form>`}
    </div>
    <button class="${one.suggested ? "primary" : ""} send" data-first=${first} disabled=${!!taken} onClick=${ask}>${taken ? t("status.assigned") : t(unit?.centre ? "ask_for" : "send")}</button>
  </li>`;
}

// "2 × boat" as the ranking says it, in the page's language.
const inWords = (missing) => missing.replace(/[\w-]+$/, (word) => (has(`capability.${word}`) ? t(`capability.${word}`) : word));

// A unit that the ranking did not list can be sent as well; the reason is asked for in its row.
function Others({ incident }) {
  const listed = new Set(incident.candidates.map((one) => one.unit));
  const row = (unit) => (ui.reasonFor === unit.id
    ? html`<form class="row" onSubmit=${(event) => { event.preventDefault(); assign(incident, unit.id, event.target.why.value); }}>
        <input id="why" name="why" required placeholder=${t("reason_hint")} aria-label=${t("reason_why")} /></form>`
    : html`<button onClick=${() => { ui.reasonFor = unit.id; redraw(); focusOn("why"); }}>${t(unit.centre ? "ask_for" : "send")}</button>`);
  return html`<details><summary>${t("send_any")}</summary>
    <${Fleet} title=${t("send_any")} only=${(unit) => !listed.has(unit.id) && !unit.assignment && unit.status === "available"} action=${row} /></details>`;
}

function Units({ incident }) {
  const ready = incident.candidates.filter((one) => one.suggested && !feed.board.units[one.unit]?.assignment);
  const sendAll = async () => { for (const one of ready) await assign(incident, one.unit); };
  return html`<section class="card" id="units" aria-label=${t("recommended")}>
    <div class="row spread"><h2>${t("recommended")} <kbd>F4</kbd></h2>
      <button class="quiet" onClick=${() => attempt(() => command("Recommend", { incident: incident.id }))}>${t("recommend_again")}</button></div>
    ${incident.shortfall.length > 0 && html`<p class="chip bad">${t("shortfall", { s: incident.shortfall.map(inWords).join(", ") })}</p>
      <ul class="soft">${incident[`missing_${lang}`].map((why) => html`<li key=${why}>${why}</li>`)}</ul>`}
    ${incident.next_level > 0 && html`<button class="quiet" id="raise-level" onClick=${() => attempt(() => command("RaiseAlarmLevel", { incident: incident.id }))}>${t("raise_level", { n: incident.next_level })}</button>`}
    ${ready.length > 1 && html`<button class="primary wide" id="send-all" onClick=${sendAll}>${t("send_all")}: ${ready.map((one) => one.unit).join(", ")}</button>`}
    <ol class="candidates">${incident.candidates.map((one) => html`<${Candidate} incident=${incident} one=${one} key=${one.unit} first=${one === ready[0]} />`)}</ol>
    <${Others} incident=${incident} />
    ${incident.method && html`<p class="soft">${t("ranked_by", { m: method(incident.method) })} · ${clock(incident.recommended)}</p>`}
  </section>`;
}

function Assigned({ incident }) {
  const jobs = incident.assignments.map((id) => feed.board.assignments[id]).filter(Boolean);
  if (!jobs.length) return null;
  const look = { assigned: "warn", acknowledged: "on", en_route: "on", on_scene: "ok", clear: "", released: "" };
  return html`<section class="card" aria-label=${t("assigned_units")}><h2>${t("assigned_units")}</h2>
    <ul class="jobs">${jobs.map((job) => html`<li key=${job.id} class=${job.unanswered && job.state === "assigned" ? "late" : ""}>
      <div class="row spread"><strong>${job.unit}</strong><span class="chip ${look[job.state]}">${t(`state.${job.state}`)}</span></div>
      <p class="soft num">${clock(job.assigned)}${job.acknowledged ? ` → ${clock(job.acknowledged)}` : ""}${job.en_route ? ` → ${clock(job.en_route)}` : ""}${job.on_scene ? ` → ${clock(job.on_scene)}` : ""}${job.cleared ? ` → ${clock(job.cleared)}` : ""}
        ${job.unanswered && job.state === "assigned" ? html` <span class="chip bad">${t("unanswered")}</span>` : ""} ${job.override && t("override", { r: job.override })}
        ${!["clear", "released"].includes(job.state) && html`<button class="quiet" onClick=${() => attempt(() => command("CancelAssignment", { assignment: job.id }))}>${t("release")}</button>`}</p>
    </li>`)}</ul></section>`;
}

function IncidentCard({ incident }) {
  const moved = ui.moved?.incident === incident.id ? ui.moved : null;
  const note = async (event) => {
    event.preventDefault();
    const field = event.target.text;
    if (field.value.trim() && await attempt(() => command("AddNote", { incident: incident.id, text: field.value.trim() }))) field.value = "";
  };
  const save = async () => { if (await attempt(() => command("UpdateIncident", { incident: incident.id, location: moved.location, address: moved.address, said: moved.said ?? "" }))) { ui.moved = null; redraw(); } };
  return html`<section class="card incident" aria-label=${t("incident")}>
    <div class="row spread"><h2>${t("incident")} ${incident.id}</h2>${incident.alarm_level > 1 && html`<span class="chip bad">${t("alarm_level", { n: incident.alarm_level })}</span>`}
      <button class="quiet" onClick=${() => attempt(() => command("CloseIncident", { incident: incident.id }))}>${t("close_incident")}</button></div>
    <label><span class="hidden-text">${t("type")}</span><select class="type" value=${incident.type} onChange=${(event) => attempt(() => command("UpdateIncident", { incident: incident.id, type: event.target.value }))}>
      ${ui.city.incident_types.map((type) => html`<option key=${type.id} value=${type.id}>${type[`name_${lang}`]}</option>`)}</select></label>
    <${Doubt} incident=${incident} />
    <p>${incident.address}<br/><span class="soft num">${place(incident.location) || t("no_place")}</span></p>
    ${moved && html`<p class="chip warn">${t("new_place")}: ${moved.address || place(moved.location)}</p><div class="row"><button class="primary" onClick=${save}>${t("save")}</button><button onClick=${() => { ui.moved = null; redraw(); }}>${t("cancel")}</button></div><${KeepName} ...${moved} />`}
    ${!incident.location && !moved && html`<${AddressSearch} value="" onText=${() => {}} onPick=${(hit) => { ui.moved = { incident: incident.id, location: fromHit(hit), address: hit.name }; redraw(); }} />`}
    <ul class="notes">${incident.notes.map((one, n) => html`<li key=${n}><span class="soft num">${clock(one.at)} ${one.by}</span> ${one.text}</li>`)}</ul>
    <form class="row" onSubmit=${note}><input name="text" placeholder=${t("note_hint")} aria-label=${t("add_note")} /><button>${t("add_note")}</button></form>
  </section>`;
}

export function Panel() {
  const call = chosenCall(), incident = chosenIncident(), pending = unclassified();
  const online = Object.values(feed.board.positions).some((seat) => seat.user === ui.me);
  // Above the incident only while it is in use: what to send whom comes first.
  const link = call && html`<${LocationLink} key=${call.id} call=${call} />`;
  const busy = !!feed.board.links[call?.id] || !(ui.draft || incident);
  return html`<aside class="panel">
    <p class="problem" role="alert">${ui.problem}</p>
    ${pending && html`<${WrapUp} call=${pending} />`}
    ${call && html`<${CallCard} call=${call} onNew=${newIncident}><${Places} call=${call} /></${CallCard}>`}${busy && link}
    ${!myCall() && ui.box === "call_in" && html`<div class="card"><${CallIn} /></div>`}
    ${ui.draft ? html`<${Draft} />` : incident ? html`<${IncidentCard} incident=${incident} /><${Assigned} incident=${incident} /><${Told} incident=${incident} />${incident.state === "open" && html`<${Units} incident=${incident} />`}`
      : !call && html`<section class="card idle"><p>${online ? t("call_none") : t("call_none_off")}</p>
        ${online && html`<button onClick=${newIncident}>${t("new_incident")} <kbd>F3</kbd></button>`}</section><div class="card"><${Fleet} title=${t("fleet")} /></div>`}
    ${!busy && link}
  </aside>`;
}

