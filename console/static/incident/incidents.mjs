// The right column: the call in the headset, the incident, the units proposed and sent.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Does, Sending, silent } from "../shared/does.mjs";
import { Drafts, Form, openForm } from "./drafting.mjs";
import { begin, change, done, find, flush, shownForm } from "../shared/drafts.mjs";
import { CallCard } from "../call/handling.mjs";
import { CallIn } from "../call/call_in.mjs";
import { LocationLink } from "../call/location_link.mjs";
import { Badge, Fleet } from "./units.mjs";
import { clock, distance, duration, named, place, say, t } from "../shared/i18n.mjs";
import { Doubt, Told } from "./neighbours.mjs";
import { Places } from "./locations.mjs";
import { AddressSearch, KeepName, fromHit } from "./placing.mjs";
import { attempt, feed, myCall, redraw, ringing, ui } from "../shared/store.mjs";
import { setText, useText } from "../shared/texts.mjs";
import { WrapUp, unclassified } from "../call/wrapup.mjs";
import { Dotted, Sentences } from "../shared/parts.mjs";

/** @returns {Api.Call | undefined} */
export function chosenCall() {
  return myCall() ?? ringing() ?? feed.board.calls[ui.call] ?? feed.board.calls[feed.board.incidents[ui.incident]?.calls.at(-1) ?? ""];
}

/** @returns {Api.Incident | undefined} */
export const chosenIncident = () => feed.board.incidents[ui.incident] ?? feed.board.incidents[myCall()?.incident ?? ""];

// The form of the call that is in hand, else of the one that ended last and became nothing yet, else of no call.
export function newIncident() {
  const ended = unclassified();
  openForm(myCall() ?? (ended?.incident ? undefined : ended));
}

/** @param {string} id */
const focusOn = (id) => requestAnimationFrame(() => document.getElementById(id)?.focus());

/** A unit that was not proposed is sent with a reason, which belongs to this unit and this incident.
 * @param {Api.Incident} incident @param {string} unit */
const reasonKey = (incident, unit) => `reason/${incident.id}/${unit}`;
/** @param {Api.Incident} incident @param {string} unit */
async function assign(incident, unit, reason = "") {
  const said = await attempt(() => command("AssignUnit", { incident: incident.id, unit, reason }));
  if (said) {
    setText(reasonKey(incident, unit), "");
    ui.reasonFor = "";
    redraw();
  }
}
/** @param {Api.Incident} incident @param {string} unit */
const askReason = (incident, unit) => {
  ui.reasonFor = reasonKey(incident, unit);
  redraw();
  focusOn("why");
};

/** @param {{ incident: Api.Incident, unit: string }} props */
function Reason({ incident, unit }) {
  const [text, type] = useText(reasonKey(incident, unit));
  return html`<form class="row" onSubmit=${(event) => {
    event.preventDefault();
    assign(incident, unit, text);
  }}>
    <input id="why" name="why" required maxlength="4000" value=${text} placeholder=${t("reason_hint")} aria-label=${t("reason_why")} onInput=${(event) => type(event.target.value)} /></form>`;
}

/** @param {{ incident: Api.Incident, one: Api.Candidate, first: boolean }} props */
function Candidate({ incident, one, first }) {
  const unit = feed.board.units[one.unit];
  const asking = ui.reasonFor === reasonKey(incident, one.unit);
  const taken = unit?.assignment;
  const ask = async () => {
    if (one.suggested) await assign(incident, one.unit);
    else askReason(incident, one.unit);
  };
  return html`<li class="candidate ${one.suggested ? "suggested" : ""}" key=${one.unit}>
    <${Badge} agency=${one.agency} />
    <div class="grow"><div class="row spread"><strong translate=${false}>${one.rank}. ${one.unit}</strong>
      <span class="num">${one.mode === "cut-off" ? t("cut_off") : html`<${Dotted} of=${[duration(one.seconds), distance(one.metres)]} />`}</span></div>
      <p class="soft"><${Sentences} of=${one.reasons} /></p>
      <p>${one.suggested && html`<span class="chip ok">${t("suggested")}</span>`} ${one.stale && html`<span class="chip warn">${t("stale")}</span>`} ${one.doubt && html`<span class="chip warn">${t(`doubt.${one.doubt}`)}</span>`} ${one.uncertain && html`<span class="chip warn">${t("uncertain")}</span>`}</p>
      ${asking && html`<${Reason} incident=${incident} unit=${one.unit} />`}
    </div>
    <${Does} class="${one.suggested ? "primary" : ""} send" data-first=${first} disabled=${!!taken} does=${ask}>${taken ? t("status.assigned") : t(unit?.centre ? "ask_for" : "send")}</${Does}>
  </li>`;
}

/** A unit that the ranking did not list can be sent as well; the reason is asked for in its row.
 * @param {{ incident: Api.Incident }} props */
function Others({ incident }) {
  const listed = new Set(incident.candidates.map((one) => one.unit));
  const row = (/** @type {Api.Unit} */ unit) =>
    ui.reasonFor === reasonKey(incident, unit.id)
      ? html`<${Reason} incident=${incident} unit=${unit.id} />`
      : html`<button onClick=${() => askReason(incident, unit.id)}>${t(unit.centre ? "ask_for" : "send")}</button>`;
  return html`<details><summary>${t("send_any")}</summary>
    <${Fleet} title=${t("send_any")} only=${(/** @type {Api.Unit} */ unit) => !listed.has(unit.id) && !unit.assignment && unit.status === "available"} action=${row} /></details>`;
}

/** @param {{ incident: Api.Incident }} props */
function Units({ incident }) {
  const ready = incident.candidates.filter((one) => one.suggested && !feed.board.units[one.unit]?.assignment);
  const sendAll = async () => {
    for (const one of ready) await assign(incident, one.unit);
  };
  return html`<section class="card" id="units" aria-label=${t("recommended")}>
    <div class="row spread"><h2>${t("recommended")} <kbd>F4</kbd></h2>
      <${Does} class="quiet" does=${() => attempt(() => command("Recommend", { incident: incident.id }))}>${t("recommend_again")}</${Does}></div>
    ${incident.shortfall.length > 0 && html`<p class="chip bad">${t("shortfall", { s: incident.shortfall.map(([capability, n]) => ({ code: "shortfall_of", params: { n, capability: { code: `capability.${capability}` } } })) })}</p>`}
    ${incident.missing.length > 0 && html`<ul class="soft">${incident.missing.map((why, n) => html`<li key=${n}>${say(why)}</li>`)}</ul>`}
    ${incident.next_level > 0 && html`<${Does} class="quiet" id="raise-level" does=${() => attempt(() => command("RaiseAlarmLevel", { incident: incident.id }))}>${t("raise_level", { n: incident.next_level })}</${Does}>`}
    ${ready.length > 1 && html`<${Does} class="primary wide" id="send-all" does=${sendAll}>${t("send_all", { units: ready.map((one) => one.unit) })}</${Does}>`}
    <ol class="candidates">${incident.candidates.map((one) => html`<${Candidate} incident=${incident} one=${one} key=${one.unit} first=${one === ready[0]} />`)}</ol>
    <${Others} incident=${incident} />
    ${incident.method.length > 0 && html`<p class="soft"><span>${t("ranked_by", { m: incident.method })}</span> · ${clock(incident.recommended)}</p>`}
  </section>`;
}

/** @param {{ incident: Api.Incident }} props */
function Assigned({ incident }) {
  const jobs = incident.assignments.map((id) => feed.board.assignments[id]).filter(Boolean);
  if (!jobs.length) return null;
  const look = { assigned: "warn", acknowledged: "on", en_route: "on", on_scene: "ok", clear: "", released: "" };
  return html`<section class="card" aria-label=${t("assigned_units")}><h2>${t("assigned_units")}</h2>
    <ul class="jobs">${jobs.map(
      (job) => html`<li key=${job.id} class=${job.unanswered && job.state === "assigned" ? "late" : ""}>
      <div class="row spread"><strong translate=${false}>${job.unit}</strong><span class="chip ${look[job.state]}">${t(`state.${job.state}`)}</span></div>
      <p class="soft num">${clock(job.assigned)}${job.acknowledged ? ` → ${clock(job.acknowledged)}` : ""}${job.en_route ? ` → ${clock(job.en_route)}` : ""}${job.on_scene ? ` → ${clock(job.on_scene)}` : ""}${job.cleared ? ` → ${clock(job.cleared)}` : ""}
        ${job.unanswered && job.state === "assigned" ? html` <span class="chip bad">${t("unanswered")}</span>` : ""} ${job.override && html`<span>${t("override", { r: job.override })}</span>`}
        ${!["clear", "released"].includes(job.state) && html`<${Does} class="quiet" does=${() => attempt(() => command("CancelAssignment", { assignment: job.id }))}>${t("release")}</${Does}>`}</p>
    </li>`,
    )}</ul></section>`;
}

/** A line to this incident: kept for it while another one is looked at.
 * @param {{ incident: Api.Incident }} props */
function AddNote({ incident }) {
  /** @type {Api.GivenAbout} */
  const about = { kind: "note", incident: incident.id };
  const draft = find(about);
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const typed = find(about); // of now: what is drawn may be a frame behind what was typed
    if (!typed?.words.note.trim() || typed.sending) return;
    typed.sending = performance.now();
    redraw();
    await flush(typed);
    typed.told = typed.words;
    const text = typed.words.note.trim();
    if (await attempt(() => command("AddNote", { incident: incident.id, text, draft: typed.id }, typed.key))) done(typed);
    typed.sending = 0;
    redraw();
  };
  return html`<form class="row" onSubmit=${send}><input id="add-note" name="text" maxlength="4000" autocomplete="off" value=${draft?.words.note ?? ""} placeholder=${t("note_hint")} aria-label=${t("add_note")}
    onInput=${(event) => change(begin(about), { note: event.target.value })} /><button aria-disabled=${silent()}>${t("add_note")}${draft && draft.sending > 0 && html`<${Sending} since=${draft.sending} />`}</button></form>`;
}

/** Where the place is not known: what is typed to find it belongs to this incident.
 * @param {{ incident: Api.Incident }} props */
function FindPlace({ incident }) {
  const [text, type] = useText(`place/${incident.id}`);
  return html`<${AddressSearch} value=${text} onText=${type} onPick=${(/** @type {Api.Hit} */ hit) => {
    type("");
    ui.moved[incident.id] = { location: fromHit(hit), address: hit.name };
    redraw();
  }} />`;
}

/** @param {{ incident: Api.Incident, moved: Moved }} props */
function Moved({ incident, moved }) {
  const forget = () => {
    delete ui.moved[incident.id];
    redraw();
  };
  const save = async () => {
    if (
      await attempt(() =>
        command("UpdateIncident", { incident: incident.id, location: moved.location, address: moved.address, said: moved.said ?? "" }),
      )
    )
      forget();
  };
  return html`<p class="chip warn">${t("new_place", { place: moved.address || place(moved.location) })}</p><div class="row"><${Does} class="primary" does=${save}>${t("save")}</${Does}><button onClick=${forget}>${t("cancel")}</button></div><${KeepName} ...${moved} />`;
}

/** @param {{ incident: Api.Incident }} props */
function IncidentCard({ incident }) {
  return html`<section class="card incident" aria-label=${t("incident")}>
    <div class="row spread"><h2>${t("incident_of", { incident: incident.id })}</h2>${incident.alarm_level > 1 && html`<span class="chip bad">${t("alarm_level", { n: incident.alarm_level })}</span>`}
      <${Does} class="quiet" does=${() => attempt(() => command("CloseIncident", { incident: incident.id }))}>${t("close_incident")}</${Does}></div>
    <label><span class="hidden-text">${t("type")}</span><select class="type" value=${incident.type} disabled=${!feed.connected} onChange=${(event) => attempt(() => command("UpdateIncident", { incident: incident.id, type: event.target.value }))}>
      ${ui.city?.incident_types.map((type) => html`<option key=${type.id} value=${type.id} translate=${false}>${named(type.names)}</option>`)}</select></label>
    <${Doubt} incident=${incident} />
    <p><span translate=${false}>${incident.address}</span><br/><span class="soft num">${place(incident.location) || t("no_place")}</span></p>
    ${ui.moved[incident.id] ? html`<${Moved} incident=${incident} moved=${ui.moved[incident.id]} />` : !incident.location && html`<${FindPlace} incident=${incident} />`}
    <ul class="notes">${incident.notes.map((one, n) => html`<li key=${n}><span class="soft num" translate=${false}>${clock(one.at)} ${one.by}</span> <span translate=${false}>${one.text}</span></li>`)}</ul>
    <${AddNote} incident=${incident} />
  </section>`;
}

export function Panel() {
  const call = chosenCall(),
    incident = chosenIncident(),
    pending = unclassified();
  const online = Object.values(feed.board.positions).some((seat) => seat.user === ui.me);
  // Above the incident only while it is in use: what to send whom comes first.
  const link = call && html`<${LocationLink} key=${call.id} call=${call} />`;
  const form = shownForm();
  const busy = !!feed.board.links[call?.id ?? ""] || !(form || incident);
  return html`<aside class="panel">
    <p class="problem" role="alert">${ui.problem}</p><${Drafts} />
    ${pending && html`<${WrapUp} call=${pending} />`}
    ${call && html`<${CallCard} call=${call} onNew=${newIncident}><${Places} call=${call} /></${CallCard}>`}${busy && link}
    ${!myCall() && ui.box === "call_in" && html`<div class="card"><${CallIn} /></div>`}
    ${
      form
        ? html`<${Form} key=${form.id} />`
        : incident
          ? html`<${IncidentCard} incident=${incident} key=${incident.id} /><${Assigned} incident=${incident} /><${Told} incident=${incident} />${incident.state === "open" && html`<${Units} incident=${incident} />`}`
          : !call &&
            html`<section class="card idle"><p>${online ? t("call_none") : t("call_none_off")}</p>
        ${online && html`<button onClick=${newIncident}>${t("new_incident")} <kbd>F3</kbd></button>`}</section><div class="card"><${Fleet} title=${t("fleet")} /></div>`
    }
    ${!busy && link}
  </aside>`;
}
