// One box for everybody who can be called: into the conversation, before a transfer, instead of us, or by itself.
import { html, useLayoutEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { Problem, command } from "../shared/api.mjs";
import { STEPS } from "../shared/choice.mjs";
import { silent } from "../shared/does.mjs";
import { LETTERS } from "../shared/agencies.mjs";
import { Icon } from "../shared/icons.mjs";
import { t } from "../shared/i18n.mjs";
import { attempt, myCall, mySeat, redraw, ui } from "../shared/store.mjs";
import { useText } from "../shared/texts.mjs";

/** A row of the box: somebody to hand over to, or to drop, or a contact, or digits.
 * @typedef {{ id: string, name: string, party?: Api.Member, out?: Api.Member, contact?: Api.Contact, number?: string }} Choice */

const ROWS = 7;
const DIALLED = /^\+?[\d\s().-]{2,24}$/; // other addresses are the city's: contacts.csv

/** @param {Api.Call | null | undefined} call */
export const answeredParties = (call) => (call?.members ?? []).filter((one) => one.kind === "party" && one.mode !== "dialling");

/** @param {Api.Call} call @param {string} party */
export function handOver(call, party) {
  ui.box = "";
  return attempt(() => command("Transfer", { call: call.id, party }));
}

/** @param {Api.Call} call @param {string} party */
function dropParty(call, party) {
  ui.box = "";
  return attempt(() => command("DropParty", { call: call.id, party }));
}

/** `how`: join (the caller hears it), consult (the caller waits with music), blind (the call-taker leaves at once).
 * @param {string} to @param {string} how */
export async function callIn(to, how, call = myCall()) {
  const seat = mySeat();
  ui.box = "";
  redraw();
  if (!call || call.state !== "talking") {
    if (seat) await attempt(() => command("PlaceCall", { to, position: seat.id, incident: ui.incident }));
    return;
  }
  if (how === "consult" && !call.held && !(await attempt(() => command("Hold", { call: call.id, held: true })))) return;
  await attempt(() => command("AddParty", { call: call.id, to, blind: how === "blind" }));
}

/** @param {{ one: Api.Contact }} props */
function Contact({ one }) {
  return html`<span class="badge ${one.agency}" aria-hidden="true" translate=${false}>${LETTERS[one.agency] ?? one.name[0]}</span>
    <span class="grow" translate=${false}>${one.name}</span><span class="soft" translate=${!one.languages.length}>${one.languages.join(" ") || (one.kind === "agency" ? "" : t(`contact.${one.kind}`))}</span>`;
}

/** What can be chosen for `text`: handing over first when somebody is there to take the caller, then people, then digits.
 * @param {string} text @param {Api.Call | undefined} call */
function choices(text, call) {
  const words = text.toLowerCase().trim().split(/\s+/).filter(Boolean);
  const hears = (/** @type {string} */ name) => words.every((word) => name.toLowerCase().includes(word));
  const over = answeredParties(call).map((one) => ({ id: `over-${one.id}`, party: one, name: t("hand_over_to", { who: one.label }) }));
  const people = (ui.city?.contacts ?? []).map((one) => ({
    id: one.id,
    contact: one,
    name: `${one.name} ${t(`contact.${one.kind}`)} ${one.number} ${one.languages.join(" ")}`,
  }));
  const digits = DIALLED.test(text.trim()) ? [{ id: "typed", number: text.trim(), name: "" }] : [];
  // Only for who asks for it, so that nobody is dropped by a hasty Enter.
  const out = words.length
    ? (call?.members ?? [])
        .filter((one) => one.kind === "party")
        .map((one) => ({ id: `out-${one.id}`, out: one, name: t("drop_who", { who: one.label }) }))
    : [];
  /** @type {Choice[]} */
  const all = [
    ...over.filter((one) => hears(one.name)),
    ...out.filter((one) => hears(one.name)),
    ...people.filter((one) => hears(one.name)),
    ...digits,
  ];
  return all;
}

export function CallIn() {
  const call = myCall()?.state === "talking" ? myCall() : undefined;
  const [text, setText] = useText(`call_in/${call?.id ?? ui.call}`); // a number that a caller gave outlives the call
  const [at, setAt] = useState(0);
  const found = choices(text, call);
  const chosen = found[Math.min(at, found.length - 1)];
  const first = Math.max(0, Math.min(at - ROWS + 1, found.length - ROWS));
  useLayoutEffect(() => {
    document.getElementById("call-in")?.focus();
    document.querySelector(".box.call-in")?.scrollIntoView({ block: "nearest" });
  }, [!!chosen?.party]);
  useLayoutEffect(() => () => document.querySelector(".panel")?.scrollTo(0, 0), []); // back to who is calling
  /** @param {Choice | undefined} row @param {string} how */
  const take = (row, how) => {
    if (!row) return;
    if (call && row.party) handOver(call, row.party.id);
    else if (call && row.out) dropParty(call, row.out.id);
    else if (silent())
      attempt(() => Promise.reject(new Problem(0, t("room_silent_do"), true))); // the number stays
    else {
      setText("");
      callIn(row.contact?.id ?? row.number ?? "", how, call);
    }
  };
  const close = () => {
    ui.box = "";
    redraw();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      take(chosen, event.shiftKey ? "consult" : event.ctrlKey ? "blind" : "join");
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };
  const person = chosen && !chosen.party && !chosen.out;
  return html`<div class="box call-in"><label for="call-in">${t(call ? "call_in" : "call_out")}</label>
    <input id="call-in" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="call-in-list" aria-autocomplete="list" placeholder=${t("call_in_hint")}
      aria-activedescendant=${chosen ? `call-in-${chosen.id}` : undefined} value=${text} onInput=${(event) => {
        setText(event.target.value);
        setAt(0);
      }} onKeyDown=${key} />
    <ul id="call-in-list" class="hits" role="listbox" aria-label=${t("contacts")}>${found.slice(first, first + ROWS).map(
      (row) => html`<li key=${row.id} id="call-in-${row.id}" role="option"
      aria-selected=${row === chosen} class="row ${row === chosen ? "chosen" : ""}" onMouseDown=${(event) => {
        event.preventDefault();
        if (row.party || row.out || !call) take(row, "join");
        else setAt(found.indexOf(row));
      }}>
      ${row.contact ? html`<${Contact} one=${row.contact} />` : row.party ? html`<${Icon} name="over" /><strong>${row.name}</strong>` : row.out ? html`<${Icon} name="drop" /><strong>${row.name}</strong>` : html`<${Icon} name="out" /><span>${t("dial", { number: row.number })}</span>`}</li>`,
    )}
      ${!found.length && html`<li role="option" aria-selected="false" aria-disabled="true">${t("no_contact")}</li>`}</ul>
    ${
      call && person
        ? html`<div class="ways">
        <button class="primary" aria-disabled=${silent()} onClick=${() => take(chosen, "join")}>${t("way.join")} <kbd>Enter</kbd></button>
        <button aria-disabled=${silent()} onClick=${() => take(chosen, "consult")}>${t("way.consult")} <kbd>Shift Enter</kbd></button>
        <button aria-disabled=${silent()} onClick=${() => take(chosen, "blind")}>${t("way.blind")} <kbd>Ctrl Enter</kbd></button></div>`
        : html`<p class="soft">${t("box_keys")}</p>`
    }</div>`;
}

/** Opens or closes the box, where there is somebody to talk with or a seat to call from. */
export function toggleCallIn() {
  if (!mySeat()) return;
  ui.box = ui.box === "call_in" ? "" : "call_in";
  redraw();
}
