// Drafts as people see them: for whom a form is, what waits, and the form of a new incident itself.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Choice } from "../shared/choice.mjs";
import { focusOn as focusOnIt } from "../shared/dom.mjs";
import { Sending, silent } from "../shared/does.mjs";
import { begin, byId, change, dirty, discard, done, flush, restore, show, shownForm, waiting, worth } from "../shared/drafts.mjs";
import { away } from "../shared/earth.mjs";
import { age, clock, distance, named, number, place, t } from "../shared/i18n.mjs";
import { AddressSearch, KeepName, fromHit } from "./placing.mjs";
import { attempt, bestPlace, feed, myCall, redraw, typeName, ui } from "../shared/store.mjs";
import { NOTHING } from "../shared/merging.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

const NEAR = 500; // metres
/** The caret goes behind what is written, so that typing goes on. Within a form that stands it moves at once: the next
 * letter may come before the next frame. A form that is to come is waited for.
 * @param {string} where */
function moveTo(where) {
  const field = focusOnIt(where);
  if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value)
    field.setSelectionRange(field.value.length, field.value.length);
}
/** @param {string} where */
const focusOn = (where) => requestAnimationFrame(() => moveTo(where));
const types = () => (ui.city?.incident_types ?? []).map((type) => ({ id: type.id, name: named(type.names) }));
/** @param {Draft} draft
 * @returns {Api.Call | undefined} */
const callOf = (draft) => feed.board.calls[draft.about.call ?? ""];
/** The incident that the words are to be added to: the one that the form became, or that its call was given meanwhile.
 * @param {Draft} draft */
const target = (draft) => draft.incident || draft.about.incident || callOf(draft)?.incident || "";

/** For whom it is: "for +62 811 770 1122" and what that call is doing now.
 * @param {Draft} draft */
function whom(draft) {
  const { call: id, alert, kind, incident } = draft.about,
    call = callOf(draft);
  if (kind === "note") return { name: incident ?? "", state: "" };
  if (alert) {
    const told = feed.board.alerts[alert];
    return { name: ui.city?.centres.find((one) => one.id === told?.centre)?.name ?? t("draft.alert"), state: clock(draft.began) };
  }
  if (!id) return { name: t("draft.own"), state: t("draft.since", { at: clock(draft.began) }) };
  const name = number(call?.caller ?? draft.caller);
  if (!call) return { name, state: t("draft.since", { at: clock(draft.began) }) };
  if (call.ended) return { name, state: t("draft.ended", { ago: age(feed.now() - call.ended) }) };
  if (call.id === myCall()?.id) return { name, state: t("draft.in_hand") };
  return { name, state: call.user ? t("draft.with", { user: call.user }) : t(call.state === "queued" ? "waiting" : call.state) };
}

/** Opens, or goes on with, the form of this call ("" for none).
 * @param {Api.Call | undefined} call @param {{ about?: Omit<Api.GivenAbout, "kind">, words?: Api.GivenDraftWords }} fields */
export function openForm(call, fields = {}, focus = "#type") {
  const best = bestPlace(call);
  /** @type {Api.GivenAbout} */
  const about = call ? { kind: "form", call: call.id } : { kind: "form", own: Date.now().toString(36), ...fields.about };
  const draft = begin(about, { address: ui.words[call?.id ?? ""] ?? "", location: best ?? null, ...fields.words });
  show(draft.id, { incident: "", ...(call && !myCall() && { call: call.id }) });
  focusOn(draft.words.type ? "#note" : focus);
}

/** Goes to what waits: a form, a line to an incident, an answer to a caller.
 * @param {Draft} draft */
function goTo(draft) {
  const { kind, call, incident } = draft.about;
  if (kind === "form") {
    show(draft.id, { incident: "", ...(call && !myCall() && { call }) });
    focusOn("#note");
  }
  if (kind === "note") {
    show("", { incident, call: "" });
    focusOn("#add-note");
  }
  if (kind === "answer") {
    show("", { call });
    focusOn(".written input");
  }
}

/** @param {Draft} draft */
const isShown = (draft) => draft.id === ui.form || (!ui.form && draft.about.kind === "note" && draft.about.incident === ui.incident);
const others = () => waiting().filter((draft) => !isShown(draft) && !(draft.about.kind === "answer" && draft.about.call === myCall()?.id));

/** With a key: the next one that waits, round and round. */
export function nextDraft() {
  const all = waiting().filter((draft) => !draft.discarded);
  const next = all[(all.findIndex(isShown) + 1) % Math.max(1, all.length)];
  if (next) goTo(next);
}

/** @param {FullWords} words */
const firstWords = ({ type, address, note }) => [type && typeName(type), note || address].filter(Boolean).join(" · ");

/** @param {{ draft: Draft }} props */
function Waiting({ draft }) {
  const { name, state } = whom(draft),
    kind = t(`draft.kind.${draft.about.kind}`);
  if (draft.discarded) {
    return html`<li class="draft-chip gone" key=${draft.id}><span class="grow">${t("draft.gone", { name })} <span class="soft" translate=${false}>${firstWords(draft.words)}</span></span>
      <button class="quiet" onClick=${() => attempt(() => restore(draft))}>${t("draft.undo")}</button></li>`;
  }
  return html`<li class="draft-chip" key=${draft.id}><button class="plain" onClick=${() => goTo(draft)}>
    <span class="row spread"><strong class="num" translate=${false}>${name}</strong><span class="soft num">${state}</span></span>
    <span class="soft"><${Dotted} of=${[kind, html`<${Data}>${firstWords(draft.words)}</${Data}>`]} /></span></button></li>`;
}

/** What waits to be sent, one key away. */
export function Drafts() {
  const all = others();
  if (!all.length) return null;
  return html`<section class="drafts" aria-label=${t("drafts")}><h2>${t("drafts")} <span class="count hot">${all.filter((one) => !one.discarded).length || ""}</span> <kbd>Alt N</kbd></h2>
    <ul>${all.map((draft) => html`<${Waiting} draft=${draft} key=${draft.id} />`)}</ul></section>`;
}

/** Several people report one accident: joining keeps the second crew free.
 * @param {{ draft: Draft }} props */
function Nearby({ draft }) {
  const { words, about } = draft;
  const { call } = about,
    { location } = words;
  if (!call || !location || target(draft)) return null;
  const near = Object.values(feed.board.incidents)
    .filter((one) => one.state === "open" && one.location && away(one.location, location) < NEAR)
    .sort((a, b) => b.opened - a.opened)
    .slice(0, 3);
  if (!near.length) return null;
  const join = async (/** @type {string} */ incident) => {
    if (!(await attempt(() => command("LinkCall", { incident, call })))) return;
    if (worth(draft)) await add(draft, incident);
    show("", { incident });
  };
  return html`<div class="nearby"><p><strong>${t("nearby")}</strong></p>${near.map(
    (one) => html`<div class="row spread" key=${one.id}>
    <span><${Dotted} of=${[html`<${Data}>${typeName(one.type)}</${Data}>`, one.location && distance(away(one.location, location)), age(feed.now() - one.opened)]} /></span>
    <button type="button" aria-disabled=${silent()} onClick=${() => join(one.id)}>${t("join", { incident: one.id })}</button></div>`,
  )}</div>`;
}

/** @param {Draft} draft */
async function open(draft) {
  const { words, about } = draft;
  /** @type {Api.FieldsOf<"OpenIncident">} */
  const fields = { type: words.type, address: words.address, note: words.note, draft: draft.id };
  if (about.call) fields.call = about.call;
  if (words.location) fields.location = words.location;
  if (about.alert) fields.alert = about.alert;
  if (words.said && words.location?.method === "map") fields.said = words.said;
  if (await attempt(() => command("OpenIncident", fields, draft.key))) done(draft);
}

/** What was typed after the form was sent changes the incident; what was begun for a call that came to another incident
 * is told there as a line, and changes nothing of it.
 * @param {Draft} draft @param {string} name */
async function add(draft, name) {
  const { words } = draft,
    incident = feed.board.incidents[name];
  let note = words.note;
  if (draft.incident && incident) {
    /** @type {Partial<Api.FieldsOf<"UpdateIncident">>} */
    const fields = {};
    if (words.type && words.type !== incident.type) fields.type = words.type;
    if (words.address && words.address !== incident.address) fields.address = words.address;
    if (words.location) fields.location = words.location;
    if (
      Object.keys(fields).length &&
      !(await attempt(() => command("UpdateIncident", { incident: name, ...fields, draft: draft.id }, `${draft.key}-place`)))
    )
      return;
  } else {
    note = [words.type && typeName(words.type), words.address, note].filter(Boolean).join(" · ");
  }
  if (note && !(await attempt(() => command("AddNote", { incident: name, text: note, draft: draft.id }, `${draft.key}-note`)))) return;
  if (byId(draft.id)) change(draft, NOTHING); // all of it has been told
  show("", { incident: name });
}

/** @param {Draft} draft */
async function send(draft) {
  if (draft.sending) return;
  draft.sending = performance.now();
  redraw();
  try {
    await flush(draft);
    draft.told = draft.words;
    const incident = target(draft);
    await (incident ? add(draft, incident) : open(draft));
  } finally {
    draft.sending = 0;
    redraw();
  }
}

/** @param {{ draft: Draft }} props */
function Kept({ draft }) {
  if (!worth(draft)) return null;
  if (draft.trouble || !feed.connected) return html`<p class="kept missing" role="status">${t("draft.not_kept")}</p>`;
  return html`<p class="kept soft num" data-kept=${!dirty(draft)}>${draft.kept ? t("draft.kept", { at: clock(draft.kept) }) : draft.rev ? t("draft.from_room") : t("draft.keeping")}</p>`;
}

/** The form that is shown; each is of one call, and says of which. */
export function Form() {
  const draft = shownForm();
  if (!draft) return null;
  const { words } = draft,
    { name, state } = whom(draft),
    mine = myCall();
  const incident = target(draft),
    stranger = mine && draft.about.call !== mine.id;
  const set = (/** @type {Partial<FullWords>} */ fields) => change(draft, fields);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    send(draft);
  };
  return html`<form class="card draft ${stranger ? "stranger" : ""}" key=${draft.id} onSubmit=${submit} aria-label=${t("new_incident")}>
    <div class="row spread"><h2>${incident ? t("draft.addition", { incident }) : t("new_incident")}</h2><span class="row"><button type="button" class="quiet" onClick=${() => show("")}>${t("draft.aside")} <kbd>Esc</kbd></button>
      <button type="button" class="quiet" onClick=${() => attempt(() => discard(draft))}>${t("draft.discard")}</button></span></div>
    <p class="whom"><strong class="num">${t("draft.for", { name })}</strong> <span class="num ${stranger ? "" : "soft"}">${state}</span></p>
    ${stranger && html`<p class="stripe warn" role="alert"><span>${t("draft.stranger", { name: number(mine.caller) })}</span> ${!mine.incident && html`<button type="button" onClick=${() => openForm(mine)}>${t("draft.theirs")} <kbd>F3</kbd></button>`}</p>`}
    <${Choice} id="type" label=${t("type")} items=${types()} value=${words.type} onPick=${(/** @type {string} */ type) => {
      set({ type });
      moveTo(draft.words.location ? "#note" : "#address");
    }} />
    <${AddressSearch} call=${callOf(draft)} value=${words.address} onText=${(/** @type {string} */ address) => {
      draft.typed = address;
      set({ address });
    }}
      onPick=${(/** @type {Api.Hit} */ hit) => {
        draft.typed = "";
        set({ address: hit.name, location: fromHit(hit) });
        ui.map?.go(hit.lat, hit.lon);
        moveTo("#note");
      }} />
    <p class="soft num">${words.location ? place(words.location) : t("no_place")}</p>
    <${KeepName} said=${words.said} location=${words.location} address=${words.address} />
    <${Nearby} draft=${draft} />
    <label>${t("note")}<textarea id="note" placeholder=${t("note_hint")} value=${words.note} maxlength="4000" onInput=${(event) => set({ note: event.target.value })}
      onKeyDown=${(event) => {
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          event.target.form?.requestSubmit();
        }
      }}></textarea></label>
    <button class="primary" type="submit" disabled=${!words.type && !incident} aria-disabled=${silent()} aria-busy=${draft.sending ? "true" : undefined}>${incident ? t("draft.add", { incident }) : t("open_incident")} <kbd>Enter</kbd>${draft.sending > 0 && html`<${Sending} since=${draft.sending} />`}</button>
    <${Kept} draft=${draft} />
  </form>`;
}
