// What the console's parts share: the feed, the city, what is selected, and re-rendering at most once a frame.
import { html } from "/npm/htm/preact/standalone.module.js";
import { done, onSending, problemFrom, room } from "./api.mjs";
import { Feed } from "./feed.mjs";
import { Audio, Ringer } from "./audio.mjs";
import { named, page, t } from "./i18n.mjs";

export const feed = new Feed();
/** @type {Ui} */
export const ui = {
  city: null,
  incident: "",
  call: "",
  form: "",
  moved: {},
  keys: false,
  problem: "",
  unsent: false,
  reasonFor: "",
  phone: null,
  map: null,
  box: "",
  me: "",
  words: {},
  closing: null,
  view: "map",
  panel: "",
  tab: "",
};
export const ringer = new Ringer();
let draw = () => {};
let due = false;

export function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
}

onSending(redraw);
feed.listen(({ event }) => {
  if (event?.asked) done(event.asked[1]);
});
room.silent = () => (feed.connected ? "" : t("room_silent_do"));

/** @param {() => void} function_ */
export const onDraw = (function_) => {
  draw = function_;
};
export const audio = new Audio(redraw);

export const mySeat = () => Object.values(feed.board.positions).find((seat) => seat.user === page.name);
/** @returns {Api.Call | undefined} */
export const myCall = () => feed.board.calls[mySeat()?.call ?? ""];
/** @param {string} id */
export const typeName = (id) => named(ui.city?.incident_types.find((type) => type.id === id)?.names) || id;
/** Where a waiting call stands now, as the room has told it for every time to come.
 * @param {Api.Call} call @param {number} now */
function standing(call, now) {
  const [first, ...later] = feed.precedence[call.id] ?? [[0, 0, 0]];
  const [, place, rank] = later.findLast(([after]) => after <= now - call.received) ?? first;
  return { call, place, rank };
}
/** The calls that wait, in the order in which the room offers them: by place, rank, age (Precedence of queues.py). */
export function waiting() {
  const now = feed.now();
  return Object.values(feed.board.calls)
    .filter((call) => call.state === "queued" && !call.test)
    .map((call) => standing(call, now))
    .sort((a, b) => a.place - b.place || a.rank - b.rank || a.call.received - b.call.received || (a.call.id < b.call.id ? -1 : 1))
    .map(({ call }) => call);
}
/** @param {Api.Call} call @param {Api.Position | undefined} seat */
export const ringsAt = (call, seat) => !!seat && call.offered_all.includes(seat.id);
// The call that rings at my position, while I talk to nobody.
export const ringing = () => {
  const seat = mySeat();
  return seat && !seat.call ? waiting().find((call) => ringsAt(call, seat)) : undefined;
};

/** Observation `number` of a call; undefined when it is not on the board.
 * @param {Api.Call} call @param {number} number
 * @returns {Api.Location | undefined} */
export const observed = (call, number) => call.locations[call.numbers.indexOf(number)];
/** The one that the room's policy chose (docs/locations.md).
 * @param {Api.Call | null | undefined} call */
export const bestPlace = (call) => (call && observed(call, call.best)) ?? null;

/** Runs a request and shows what went wrong, if anything, until the next one: null then.
 * @template T
 * @param {() => T | Promise<T>} request
 * @returns {Promise<T | null>} */
export async function attempt(request) {
  try {
    ui.problem = "";
    const said = await request();
    redraw();
    return said;
  } catch (wrong) {
    const { message, unsent } = problemFrom(wrong);
    Object.assign(ui, { problem: message, unsent });
    redraw();
    return null;
  }
}

/** A state in words: while the room is silent it is the one that was heard last.
 * @param {Children} state */
export const wasOrIs = (state) => (feed.connected ? state : html`<span>${t("last_heard")}</span> <span>${state}</span>`);

/** What a silent room kept from being sent is no problem any more once it is heard; what it did with the rest is. */
export function heardAgain() {
  if (ui.unsent && feed.connected) Object.assign(ui, { problem: "", unsent: false });
}
