// The left column: alarms, calls that wait, calls in progress, callbacks, open incidents.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "./shared/api.mjs";
import { Alarms } from "./shared/alarms.mjs";
import { Kinds, Reasons, queueName } from "./call/chips.mjs";
import { Does } from "./shared/does.mjs";
import { show } from "./shared/drafts.mjs";
import { age, clock, number, t } from "./shared/i18n.mjs";
import { Icon } from "./shared/icons.mjs";
import { Incoming, isIncoming } from "./incident/neighbours.mjs";
import { attempt, feed, mySeat, ringsAt, typeName, ui, waiting, wasOrIs } from "./shared/store.mjs";
import { Data, Dotted } from "./shared/parts.mjs";

/** @param {Api.Call} call */
const answer = (call) => attempt(() => command("AnswerCall", { call: call.id, position: mySeat()?.id ?? "" }));

/** What is being written is put aside, never away.
 * @param {Partial<Ui>} fields */
const look = (fields) => show("", fields);

/** @param {{ call: Api.Call, first: boolean }} props */
function Waiting({ call, first }) {
  const seat = mySeat();
  const here = ringsAt(call, seat);
  return html`<li class="call waiting ${here ? "here" : ""} ${call.suspected ? "suspect" : ""}" key=${call.id}>
    <div class="row spread"><strong class="num" translate=${!call.caller}>${number(call.caller)}</strong>
      <span class="num age">${age(feed.now() - call.received)}</span></div>
    <${Kinds} call=${call} />
    ${call.suspected && html`<${Reasons} call=${call} most=${2} />`}
    <div class="row spread soft"><span><${Dotted} of=${[wasOrIs(here ? t("rings_here") : call.announced ? t("announced") : t("waiting")), call.queue !== "112" && !call.service.includes("ecall") && queueName(call.queue)]} /></span>
      <${Does} class=${here || first ? "primary" : ""} does=${() => answer(call)}>${t("answer")} ${first ? html`<kbd>F2</kbd>` : ""}</${Does}></div>
  </li>`;
}

/** @param {{ call: Api.Call }} props */
function Progress({ call }) {
  const state = t(call.state === "accepted" && call.direction === "out" ? "calling" : call.held ? "mode.held" : call.state);
  const party = call.members.findLast((one) => one.kind === "party");
  return html`<li class="call ${call.held ? "held" : call.state}" key=${call.id}>
    <button class="plain ${ui.call === call.id ? "chosen" : ""}" aria-current=${ui.call === call.id} onClick=${() => look({ call: call.id, incident: call.incident })}>
      <span class="row spread"><strong class="num" translate=${!call.caller}>${number(call.caller)}</strong><span class="num age">${age(feed.now() - (call.answered || call.received))}</span></span>
      <span class="row spread soft"><span><${Dotted} of=${[wasOrIs(state), call.position && html`<${Data}>${call.position}</${Data}>`, party && html`<${Data}>${party.label}</${Data}>`]} /></span><span translate=${false}>${call.incident}</span></span>
      <${Kinds} call=${call} />
    </button></li>`;
}

const owed = () => Object.values(feed.board.callbacks).sort((a, b) => b.urgency - a.urgency || a.since - b.since);
/** @param {Api.Callback} one */
const callBack = async (one) => {
  const seat = mySeat();
  if (seat) await attempt(() => command("CallBack", { call: one.call, position: seat.id }));
};

/** Calls the number at the head of the callback list. */
export function callBackFirst() {
  const first = owed().find((one) => one.caller);
  if (first && !mySeat()?.call) callBack(first);
}

/** @param {{ one: Api.Callback, first: boolean }} props */
function Owed({ one, first }) {
  const tries = t("tries", { n: one.tries, first: clock(one.since), last: clock(one.last) });
  return html`<li class="call owed ${one.urgency > 1 ? "urgent" : ""}" key=${one.call}>
    <div class="row spread"><strong class="num"><span translate=${!one.caller}>${number(one.caller)}</span> ${one.tries > 1 && html`<span class="count" title=${tries}><span aria-hidden="true">×${one.tries}</span><span class="hidden-text">${tries}</span></span>`}</strong>
      <span class="num soft">${clock(one.last)}</span></div>
    <div class="row spread soft"><span>${one.urgency > 1 ? t("lost_line") : t("gave_up")}</span></div>
    <div class="row spread">${one.caller && mySeat() ? html`<${Does} disabled=${!!mySeat()?.call} does=${() => callBack(one)}><${Icon} name="out" /> ${t("call_back")} ${first && html`<kbd>Alt B</kbd>`}</${Does}>` : html`<span></span>`}
      <${Does} class="quiet" does=${() => attempt(() => command("ClearCallback", { call: one.call }))}>${t("done")}</${Does}></div>
  </li>`;
}

function Callbacks() {
  const all = owed();
  const first = all.find((one) => one.caller);
  return html`<section aria-label=${t("callbacks")}>
    <h2>${t("callbacks")} <span class="count">${all.length || ""}</span></h2>
    ${
      all.length
        ? html`<ul>${all.slice(0, 30).map((one) => html`<${Owed} one=${one} first=${one === first} key=${one.call} />`)}</ul>`
        : html`<p class="soft empty">${t("no_callbacks")}</p>`
    }
  </section>`;
}

function Incidents() {
  const open = Object.values(feed.board.incidents)
    .filter((one) => one.state === "open")
    .sort((a, b) => b.opened - a.opened);
  return html`<section aria-label=${t("incidents")}>
    <h2>${t("incidents")} <span class="count">${open.length || ""}</span></h2>
    ${
      open.length
        ? html`<ul>${open.map(
            (one) => html`<li class="call" key=${one.id}>
      <button class="plain ${ui.incident === one.id ? "chosen" : ""}" aria-current=${ui.incident === one.id} onClick=${() => look({ incident: one.id, call: "" })}>
        <span class="row spread"><strong translate=${false}>${typeName(one.type)}</strong><span class="num age">${age(feed.now() - one.opened)}</span></span>
        <span class="row spread soft"><span translate=${false}>${one.address || one.id}</span><span>${one.assignments.filter((a) => !["clear", "released"].includes(feed.board.assignments[a]?.state)).length || ""}</span></span>
      </button></li>`,
          )}</ul>`
        : html`<p class="soft empty">${t("no_incidents")}</p>`
    }
  </section>`;
}

export function Queue() {
  const calls = waiting();
  const busy = Object.values(feed.board.calls).filter((call) => ["talking", "accepted", "transferred"].includes(call.state));
  return html`<aside class="queue">
    <${Incoming} />
    <${Alarms} open=${look} without=${isIncoming} />
    <section aria-label=${t("queue")}>
      <h2>${t("queue")} <span class="count ${calls.length ? "hot" : ""}">${calls.length || ""}</span></h2>
      <p class="hidden-text" aria-live="assertive">${calls.length ? t("queue_read_out", { caller: number(calls[0].caller), n: calls.length }) : ""}</p>
      ${
        calls.length || busy.length
          ? html`<ul>
        ${calls.map((call, n) => html`<${Waiting} call=${call} first=${n === 0} key=${call.id} />`)}
        ${busy.map((call) => html`<${Progress} call=${call} key=${call.id} />`)}</ul>`
          : html`<p class="soft empty">${t("no_calls")}</p>`
      }
    </section>
    <${Callbacks} />
    <${Incidents} />
  </aside>`;
}

export function answerFirst() {
  const seat = mySeat();
  const calls = waiting();
  const call = calls.find((one) => ringsAt(one, seat)) ?? calls[0];
  if (call) answer(call);
}
