// The left column: alarms, calls that wait, calls in progress, callbacks, open incidents.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "./api.mjs";
import { age, clock, lang, number, t } from "./i18n.mjs";
import { attempt, feed, mySeat, redraw, typeName, ui, waiting } from "./store.mjs";

const answer = (call) => attempt(() => command("AnswerCall", { call: call.id, position: mySeat()?.id ?? "" }));

function Alarms() {
  const alarms = Object.values(feed.board.alarms);
  return html`<section class="alarms" aria-live="assertive" aria-label=${t("alarms")}>
    ${alarms.map((alarm) => html`<div class="alarm ${alarm.level}" key=${alarm.id} role="alert">
      <p><strong>${t("alarms")} ${clock(alarm.since)}</strong> ${alarm[`text_${lang}`]}</p>
      <div class="row">
        ${alarm.incident && html`<button class="quiet" onClick=${() => { ui.incident = alarm.incident; redraw(); }}>${alarm.incident}</button>`}
        <button class="quiet" onClick=${() => attempt(() => command("ClearAlarm", { alarm: alarm.id }))}>${t("clear")}</button>
      </div>
    </div>`)}
  </section>`;
}

// Why a call waits behind the others, or goes before them.
function Place({ call }) {
  if (call.urgent && !call.suspected) return html`<p class="soft">${t(`urgent.${call.urgent}`)}</p>`;
  if (!call.score_reasons?.length) return null;
  return html`<details class="soft"><summary>${t(call.suspected ? "suspected" : "score", { n: Math.round(100 * call.score) })}</summary>
    <ul>${call.score_reasons.map((one) => html`<li key=${one.code}>${one[`text_${lang}`]}</li>`)}</ul></details>`;
}

function Waiting({ call, first }) {
  const seat = mySeat();
  const here = seat && call.offered_to === seat.id;
  return html`<li class="call waiting ${here ? "here" : ""}" key=${call.id}>
    <div class="row spread"><strong class="num">${number(call.caller)}</strong>
      <span class="num age">${age(feed.now() - call.received)}</span></div>
    <div class="row spread soft"><span>${here ? t("rings_here") : call.announced ? t("announced") : t("waiting")}
      ${call.queue !== "112" ? ` · ${call.queue}` : ""}</span>
      <button class=${here || first ? "primary" : ""} onClick=${() => answer(call)}>${t("answer")} ${first ? html`<kbd>F2</kbd>` : ""}</button></div>
    <${Place} call=${call} />
  </li>`;
}

function Progress({ call }) {
  return html`<li class="call ${call.state}" key=${call.id}>
    <button class="plain" onClick=${() => { ui.call = call.id; ui.incident = call.incident; redraw(); }}>
      <span class="row spread"><strong class="num">${number(call.caller)}</strong><span class="num age">${age(feed.now() - (call.answered || call.received))}</span></span>
      <span class="row spread soft"><span>${t(call.state)} · ${call.position}</span><span>${call.incident}</span></span>
    </button></li>`;
}

function Callbacks() {
  const owed = Object.values(feed.board.callbacks).sort((a, b) => b.urgency - a.urgency || a.since - b.since);
  const tries = (one) => t("tries", { n: one.tries, first: clock(one.since), last: clock(one.last) });
  return html`<section aria-label=${t("callbacks")}>
    <h2>${t("callbacks")} <span class="count">${owed.length || ""}</span></h2>
    ${owed.length ? html`<ul>${owed.slice(0, 30).map((one) => html`<li class="call owed ${one.urgency > 1 ? "urgent" : ""}" key=${one.call}>
      <div class="row spread"><strong class="num">${number(one.caller)} ${one.tries > 1 && html`<span class="count" title=${tries(one)}><span aria-hidden="true">×${one.tries}</span><span class="hidden-text">${tries(one)}</span></span>`}</strong>
        <span class="num soft">${clock(one.last)}</span></div>
      <div class="row spread soft"><span>${one.urgency > 1 ? t("lost_line") : t("gave_up")}</span>
        <button class="quiet" onClick=${() => attempt(() => command("ClearCallback", { call: one.call }))}>${t("done")}</button></div>
    </li>`)}</ul>` : html`<p class="soft empty">${t("no_callbacks")}</p>`}
  </section>`;
}

function Incidents() {
  const open = Object.values(feed.board.incidents).filter((one) => one.state === "open").sort((a, b) => b.opened - a.opened);
  return html`<section aria-label=${t("incidents")}>
    <h2>${t("incidents")} <span class="count">${open.length || ""}</span></h2>
    ${open.length ? html`<ul>${open.map((one) => html`<li class="call" key=${one.id}>
      <button class="plain ${ui.incident === one.id ? "chosen" : ""}" aria-current=${ui.incident === one.id} onClick=${() => { ui.incident = one.id; ui.call = ""; ui.draft = null; redraw(); }}>
        <span class="row spread"><strong>${typeName(one.type)}</strong><span class="num age">${age(feed.now() - one.opened)}</span></span>
        <span class="row spread soft"><span>${one.address || one.id}</span><span>${one.assignments.filter((a) => !["clear", "released"].includes(feed.board.assignments[a]?.state)).length || ""}</span></span>
      </button></li>`)}</ul>` : html`<p class="soft empty">${t("no_incidents")}</p>`}
  </section>`;
}

export function Queue() {
  const calls = waiting();
  const busy = Object.values(feed.board.calls).filter((call) => ["talking", "accepted"].includes(call.state));
  return html`<aside class="queue">
    <${Alarms} />
    <section aria-label=${t("queue")}>
      <h2>${t("queue")} <span class="count ${calls.length ? "hot" : ""}">${calls.length || ""}</span></h2>
      <p class="hidden-text" aria-live="assertive">${calls.length ? `${t("incoming")}: ${number(calls[0].caller)}` : ""}</p>
      ${calls.length || busy.length ? html`<ul>
        ${calls.map((call, n) => html`<${Waiting} call=${call} first=${n === 0} key=${call.id} />`)}
        ${busy.map((call) => html`<${Progress} call=${call} key=${call.id} />`)}</ul>`
        : html`<p class="soft empty">${t("no_calls")}</p>`}
    </section>
    <${Callbacks} />
    <${Incidents} />
  </aside>`;
}

export function answerFirst() {
  const seat = mySeat();
  const calls = waiting();
  const call = calls.find((one) => seat && one.offered_to === seat.id) ?? calls[0];
  if (call) answer(call);
}
