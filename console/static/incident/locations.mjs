// Where the caller is: every observation, which one is the best and why, and what a person makes of them.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get } from "../shared/api.mjs";
import { Does } from "../shared/does.mjs";
import { change, shownForm } from "../shared/drafts.mjs";
import { away } from "../shared/earth.mjs";
import { age, clock, has, lang, say, t } from "../shared/i18n.mjs";
import { PlaceSearch, radiusOf } from "../shared/search.mjs";
import { attempt, bestPlace, feed, observed, redraw, ui } from "../shared/store.mjs";
import { useText } from "../shared/texts.mjs";
import { Dotted } from "../shared/parts.mjs";

const NEVER = ["null", "off_earth"]; // not drawn, not chosen: dispatch/policy/places/best_location.py
const NOTES = ["undated", "geocoded", "untrusted"];
const MOST = 6;
/** @param {Api.Location} place */
const usable = (place) => !place.flags.some((flag) => NEVER.includes(flag));
/** @param {string} family @param {string} word */
const said = (family, word) => (has(`${family}.${word}`) ? t(`${family}.${word}`) : word);

/** @param {Api.Location} place */
export const sourceName = (place) => said("place.source", place.source) || place.method;
/** @param {number} m */
const metres = (m) =>
  m < 100 ? { code: "distance.metres", params: { m: Math.round(m) } } : { code: "place.about", params: { metres: m } };
/** @param {Api.Location} place */
const unsure = ({ radius, confidence }) =>
  !radius
    ? t("place.no_radius")
    : t(confidence ? "place.unsure" : "place.unsure_unknown", { radius: metres(radius), percent: Math.round(confidence) });
/** @param {Api.Location} place */
const point = (place) => `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;

/** For the map: the call's observations in the order of time, one list for each source.
 * @param {Api.Call | undefined} call
 * @returns {TrailPoint[][]} */
export function trailsOf(call) {
  /** @type {Map<string, (TrailPoint & { at: number })[]>} */
  const trails = new Map();
  (call?.locations ?? []).forEach((place, n) => {
    if (!usable(place)) return;
    const one = {
      lat: place.lat,
      lon: place.lon,
      at: place.at,
      doubted: place.flags.some((flag) => !NOTES.includes(flag)),
      best: call?.numbers[n] === call?.best,
    };
    trails.set(place.source, [...(trails.get(place.source) ?? []), one]);
  });
  return [...trails.values()].map((points) => points.sort((a, b) => a.at - b.at));
}

/** @param {Api.Call} call @param {number} observation */
const verify = (call, observation) => attempt(() => command("VerifyLocation", { call: call.id, observation }));

/** The form that is open, when it is of this call: a place of one caller is never put into the form of another.
 * @param {Api.Call} call */
const formOf = (call) => {
  const draft = shownForm();
  return draft?.about.call === call.id ? draft : undefined;
};

/** For the incident: the form that is open, or the incident of this call.
 * @param {Api.Call} call @param {Api.Location} place */
async function take(call, place) {
  const draft = formOf(call),
    incident = call.incident; // what is open now, not what is when the name has come
  const { text } = await get(`/api/v1/places/near?lat=${place.lat}&lon=${place.lon}&lang=${lang}`).catch(() => ({ text: "" }));
  const found = { location: place, address: place.text || text };
  if (draft) change(draft, found);
  else if (incident) ui.moved[incident] = found;
  ui.map?.go(place.lat, place.lon);
  redraw();
}

/** @param {{ place: Api.Location }} props */
function Flags({ place }) {
  return place.flags.map(
    (flag) => html`<span key=${flag} class="chip ${NOTES.includes(flag) ? "" : "warn"}">${said("place.flag", flag)}</span>`,
  );
}

/** @param {{ call: Api.Call, number: number, place: Api.Location }} props */
function Observation({ call, number, place }) {
  const best = number === call.best,
    verified = number === call.verified,
    against = number === call.contradicted;
  const open = usable(place);
  const away_ = best || !open ? 0 : away(place, bestPlace(call) ?? place);
  return html`<li class="observation ${best ? "best" : ""} ${against ? "against" : ""}">
    <div class="row spread"><button class="plain grow" disabled=${!open} title=${t("place.show")} onClick=${() => ui.map?.go(place.lat, place.lon, 16)}>
      <strong>${best ? html`<span aria-hidden="true">★ </span>` : ""}${number + 1}. <span>${sourceName(place)}</span></strong>
      ${place.method && html` <span class="soft" translate=${has(`place.method.${place.method}`)}>${said("place.method", place.method)}</span>`}</button>
      <span class="num soft" title=${clock(place.at)}>${age(feed.now() - place.at)}</span></div>
    <p class="num">${open ? html`<span>${unsure(place)}</span> <span class="soft">· <${Dotted} of=${[point(place), away_ > 20 && t("place.off", { metres: away_ })]} /></span>` : html`<span class="soft">${point(place)}</span>`}</p>
    ${place.text && html`<p class="soft" translate=${false}>${place.text}</p>`}
    <div class="row wrap">${best && html`<span class="chip on">${t("place.best")}</span>`}
      ${verified && html`<span class="chip ok">✓ ${t("place.verified", { by: call.verified_by })}</span>`}<${Flags} place=${place} />
      <span class="grow"></span>
      ${open && !verified && html`<${Does} class="quiet" does=${() => verify(call, number)}>${t("place.verify")}</${Does}>`}
      ${open && (formOf(call) || call.incident) && html`<button class="quiet" onClick=${() => take(call, place)}>${t("place.take")}</button>`}</div>
  </li>`;
}

/** What the caller says becomes an observation of its own; the gazetteer knows where it is.
 * @param {{ call: Api.Call }} props */
function Heard({ call }) {
  const [text, setText] = useText(`heard/${call.id}`);
  const pick = async (/** @type {Api.Hit} */ hit) => {
    const location = { lat: hit.lat, lon: hit.lon, radius: radiusOf(hit), method: "gazetteer", shape: "Circle" };
    if (await attempt(() => command("ObserveLocation", { call: call.id, location, text: hit.name }))) setText("");
  };
  return html`<${PlaceSearch} id="heard" label=${t("place.heard")} value=${text} near=${() => bestPlace(call)} most=${5} onText=${setText} onPick=${pick} />`;
}

/** @param {{ call: Api.Call }} props */
function Contradiction({ call }) {
  const place = observed(call, call.contradicted),
    verified = observed(call, call.verified);
  if (!place || !verified) return null;
  return html`<div class="contradiction" role="alert"><p>${t("place.contradicted", { n: call.contradicted + 1, source: sourceName(place), metres: away(place, verified) })}</p>
    <div class="row wrap"><${Does} does=${() => verify(call, call.contradicted)}>${t("place.believe_new")}</${Does}>
      <${Does} class="quiet" does=${() => verify(call, call.verified)}>${t("place.keep_old")}</${Does}></div></div>`;
}

/** @param {{ call: Api.Call }} props */
function Elsewhere({ call }) {
  const host = (/** @type {string} */ uri) => {
    try {
      return new URL(uri).host;
    } catch {
      return uri;
    }
  };
  const state = (/** @type {Api.Reference} */ one) =>
    one.why ? t(one.due ? "place.ref_again" : "place.ref_over", { why: one.why }) : t(one.due ? "place.ref_due" : "place.ref_done");
  if (!call.civic.length && !call.references.length && !call.additional.length) return null;
  return html`<dl class="elsewhere">
    ${call.civic.map((text, n) => html`<dt key=${`c${n}`}>${t("place.address")}</dt><dd translate=${false}>${text}</dd>`)}
    ${call.references.map((one) => html`<dt key=${one.uri}>${one.kind === "location" ? t("place.reference") : said("place.data", one.kind)}</dt><dd><span translate=${false} title=${one.uri}>${host(one.uri)}</span> <span class="soft">${state(one)}</span></dd>`)}
    ${call.additional.map((block, n) => html`<dt key=${`a${n}`}>${said("place.data", block.kind)}</dt><dd>${Object.entries(block.data).map(([name, text]) => html`<div key=${name} translate=${false}><span class="soft">${name}</span> ${text}</div>`)}</dd>`)}</dl>`;
}

/** The places of a call, as a part of its card.
 * @param {{ call: Api.Call }} props */
export function Places({ call }) {
  const [all, setAll] = useState(false);
  const several = call.locations.map((place, n) => ({ place, number: call.numbers[n] })).reverse();
  const first = (/** @type {{ number: number }} */ one) =>
    one.number === call.best ? 0 : one.number === call.verified || one.number === call.contradicted ? 1 : 2;
  several.sort((a, b) => first(a) - first(b)); // stable: the rest stays newest first
  const shown = all ? several : several.slice(0, MOST);
  return html`<div class="places"><${Contradiction} call=${call} />
    <details><summary>${t("place.all", { n: several.length })}</summary>
      ${call.best >= 0 && html`<p class="soft"><span>${t("place.why")}</span> <span>${say(call.best_why)}</span></p>`}
      <ul class="observations">${shown.map((one) => html`<${Observation} key=${one.number} call=${call} ...${one} />`)}</ul>
      ${several.length > MOST && html`<button class="quiet" onClick=${() => setAll(!all)}>${t(all ? "place.fewer" : "place.more", { n: several.length - MOST })}</button>`}
      ${call.state !== "ended" && html`<${Heard} call=${call} key=${call.id} />`}
      <${Elsewhere} call=${call} /></details></div>`;
}
