// What concerns a neighbouring centre too: what it was told and answered, what it tells us, and places beyond our border.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { callIn } from "../call/call_in.mjs";
import { Does } from "../shared/does.mjs";
import { openForm } from "./drafting.mjs";
import { away } from "../shared/earth.mjs";
import { age, clock, number, say, t } from "../shared/i18n.mjs";
import { Icon } from "../shared/icons.mjs";
import { attempt, feed, mySeat, typeName, ui } from "../shared/store.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

const NEAR = 500; // metres
/** @type {Api.AnswerAlert["answer"][]} */
const ANSWERS = ["send", "take", "keep", "not_ours"];
const STANDS = { assigned: "warn", acknowledged: "on", en_route: "on", on_scene: "ok", clear: "", released: "" };
/** @param {string} id */
const centre = (id) => ui.city?.centres.find((one) => one.id === id) ?? { id, name: id, contact: "" };
/** @param {Api.Alert["direction"]} direction */
const alerts = (direction) => Object.values(feed.board.alerts).filter((one) => one.direction === direction);
/** @param {Api.Alert} alert @param {string} whom */
const why = (alert, whom) => t(`alert_why.${alert.why || "asked"}`, { c: whom, metres: alert.metres });

/** What is odd about the place, until somebody makes sure of it.
 * @param {{ incident: Api.Incident }} props */
export function Doubt({ incident }) {
  if (!incident.doubt) return null;
  if (incident.confirmed_by)
    return html`<p class="soft"><span class="chip">${t("beyond_border")}</span> <span>${t("place_confirmed", { by: incident.confirmed_by })}</span></p>`;
  return html`<div class="stripe warn doubt" role="alert"><span>${say(incident.doubt)}</span>
    <${Does} does=${() => attempt(() => command("ConfirmPlace", { incident: incident.id }))}>${t("place_right")}</${Does}></div>`;
}

/** @param {{ alert: Api.Alert }} props */
function Call({ alert }) {
  const whom = centre(alert.centre);
  if (!whom.contact || !mySeat()) return null;
  return html`<${Does} class="call-centre" does=${() => callIn(whom.contact, "consult")}><${Icon} name="out" /> ${t("call_who", { who: whom.name })}</${Does}>`;
}

/** @param {{ units: Api.AidUnit[] }} props */
const Sends = ({ units }) =>
  units.map(
    (one) =>
      html`<span class="chip ${STANDS[one.state ?? "assigned"]}" key=${one.id}><${Dotted} of=${[html`<${Data}>${one.id}</${Data}>`, t(`state.${one.state ?? "assigned"}`)]} /></span>`,
  );

/** @param {{ alert: Api.Alert, whom: string }} props */
function Answered({ alert, whom }) {
  if (!alert.answer) return null;
  return html`<p><strong>${t(`alert_answer.${alert.answer}`, { c: whom })}</strong> <span class="soft num"><${Dotted} of=${[clock(alert.answered), alert.answered_by && html`<${Data}>${alert.answered_by}</${Data}>`, alert.told && t("by_telephone")]} /></span></p>
    ${alert.text && html`<p translate=${false}>„${alert.text}“</p>`}${alert.units.length > 0 && html`<p class="kinds"><${Sends} units=${alert.units} /></p>`}`;
}

/** One line says how far it has come: told, received, answered.
 * @param {{ alert: Api.Alert }} props */
function Out({ alert }) {
  const whom = centre(alert.centre).name;
  const open = alert.state === "open";
  const reached = alert.received
    ? t("alert_received", { at: clock(alert.received) })
    : alert.texted
      ? t("alert_texted", { at: clock(alert.texted) })
      : t("alert_not_received");
  return html`<section class="card neighbour ${open ? "" : "over"}" aria-label=${t("neighbour", { c: whom })}>
    <div class="row spread"><h2 translate=${false}>${whom}</h2>${!open && html`<span class="chip">${t(`alert_state.${alert.state}`)}</span>`}</div>
    <p>${why(alert, whom)}</p>
    <p class="soft num"><${Dotted} of=${[t("alert_told", { at: clock(alert.at) }), html`<span class=${open && !alert.received ? "missing" : ""}>${reached}</span>`, open && !alert.answer && alert.why !== "near" && t("alert_no_answer")]} /></p>
    ${alert.asks.length > 0 && html`<p>${t("alert_asks", { u: alert.asks.join(", ") })}</p>`}
    <${Answered} alert=${alert} whom=${whom} />
    ${
      open &&
      html`<div class="row wrap"><${Call} alert=${alert} /></div>
      <details><summary>${t("said_by_telephone")}</summary><div class="row wrap">${ANSWERS.map((answer) => html`<${Does} key=${answer} does=${() => attempt(() => command("AnswerAlert", { alert: alert.id, answer }))}>${t(`alert_answer.${answer}`, { c: whom })}</${Does}>`)}</div></details>`
    }
  </section>`;
}

/** @param {{ alert: Api.Alert }} props */
function Linked({ alert }) {
  const whom = centre(alert.centre).name;
  return html`<section class="card neighbour" aria-label=${t("neighbour", { c: whom })}><div class="row spread"><h2>${t("alert_from", { c: whom })}</h2><span class="soft" translate=${false}>${alert.theirs}</span></div>
    ${alert.state !== "open" && html`<p><span class="chip bad">${t(`alert_state.${alert.state}`)}</span></p>`}
    ${alert.asks.length > 0 && html`<p>${t("alert_asked_us", { u: alert.asks.join(", ") })}</p>`}
    ${alert.sent.length > 0 && html`<p class="soft">${t("alert_they_sent", { u: alert.sent.join(", ") })}</p>`}
    ${alert.answer && html`<p>${t(`our_answer.${alert.answer}`)} <span class="soft num">${clock(alert.answered)}</span></p>`}
    ${alert.state === "open" && html`<${Replies} alert=${alert} /><div class="row wrap"><${Call} alert=${alert} /></div>`}</section>`;
}

/** The alerts of an incident, both ways.
 * @param {{ incident: Api.Incident }} props */
export function Told({ incident }) {
  return alerts("out")
    .filter((one) => one.incident === incident.id)
    .map((one) => html`<${Out} alert=${one} key=${one.id} />`)
    .concat(
      alerts("in")
        .filter((one) => one.incident === incident.id)
        .map((one) => html`<${Linked} alert=${one} key=${one.id} />`),
    );
}

/** @param {{ alert: Api.Alert }} props */
function Replies({ alert }) {
  const reply = (/** @type {Api.AnswerAlert["answer"]} */ answer) => attempt(() => command("AnswerAlert", { alert: alert.id, answer }));
  return html`<div class="row wrap replies">${ANSWERS.map((answer) => html`<${Does} key=${answer} class=${alert.answer === answer ? "chosen" : ""} aria-pressed=${alert.answer === answer} does=${() => reply(answer)}>${t(`our_answer.${answer}`)}</${Does}>`)}</div>`;
}

/** A form filled in with what they know; nothing of it is ours until it is sent.
 * @param {Api.Alert} alert */
function openFrom(alert) {
  const known = ui.city?.incident_types.some((type) => type.id === alert.type);
  const heard = [
    `${centre(alert.centre).name} ${alert.theirs}`,
    known ? "" : alert.type,
    ...alert.notes,
    number(alert.caller || "") && alert.caller,
  ].filter(Boolean);
  const words = {
    type: known ? alert.type : "",
    address: alert.address,
    note: heard.join("\n").slice(0, 4000),
    location: alert.location ?? null,
  };
  ui.call = "";
  openForm(undefined, { about: { own: alert.id.slice(-80), alert: alert.id }, words });
}

/** @param {{ alert: Api.Alert }} props */
function Nearby({ alert }) {
  const near = Object.values(feed.board.incidents).filter(
    (one) => one.state === "open" && one.location && alert.location && away(one.location, alert.location) < NEAR,
  );
  return near
    .slice(0, 2)
    .map(
      (one) =>
        html`<${Does} key=${one.id} does=${() => attempt(() => command("LinkAlert", { alert: alert.id, incident: one.id }))}>${t("join", { incident: one.id })}</${Does}>`,
    );
}

/** Those that wait for an answer, or for an incident after "we send". */
export const incoming = () =>
  alerts("in")
    .filter((one) => one.state === "open" && !one.incident && (!one.answer || ["send", "take"].includes(one.answer)))
    .sort((a, b) => a.at - b.at);
/** Alarms that stand on the page as such a card.
 * @param {Api.Alarm} alarm */
export const isIncoming = (alarm) => incoming().some((one) => !one.answer && alarm.id === `alert-${one.id}`);

export function Incoming() {
  const all = incoming();
  if (!all.length) return null;
  const fresh = all.findLast((one) => !one.answer);
  return html`<section class="incoming" aria-label=${t("from_neighbours")}><h2>${t("from_neighbours")} <span class="count hot">${all.length}</span></h2>
    <p class="hidden-text" aria-live="assertive">${fresh ? t("alert_read_out", { c: centre(fresh.centre).name, type: typeName(fresh.type), address: fresh.address }) : ""}</p>
    <ul>${all.slice(0, 10).map(
      (alert) => html`<li class="call from-neighbour ${alert.answer ? "" : "fresh"}" key=${alert.id}>
      <button class="plain" onClick=${() => alert.location && ui.map?.go(alert.location.lat, alert.location.lon)}>
        <span class="row spread"><strong translate=${false}>${centre(alert.centre).name}: ${typeName(alert.type)}</strong><span class="num age">${age(feed.now() - alert.at)}</span></span>
        <span translate=${false}>${alert.address}</span><span class="soft">${t(`alert_why_us.${alert.why || "asked"}`, { metres: alert.metres })}</span></button>
      <div class="said">${alert.asks.length > 0 && html`<p class="chip bad">${t("alert_asked_us", { u: alert.asks.join(", ") })}</p>`}
        ${alert.notes.slice(-2).map((note) => html`<p class="soft" translate=${false} key=${note}>${note}</p>`)}
        ${alert.answer && html`<p class="chip on">${t(`our_answer.${alert.answer}`)}</p>`}
        <div class="row wrap"><button class="primary" onClick=${() => openFrom(alert)}>${t("open_from")}</button><${Nearby} alert=${alert} /><${Call} alert=${alert} /></div>
        ${!alert.answer && html`<${Replies} alert=${alert} />`}</div></li>`,
    )}</ul></section>`;
}
