// What the page remembers of a conversation beyond the board's records: since when, and who left it and why.
import { get } from "../shared/api.mjs";
import { feed, redraw } from "../shared/store.mjs";

/** @type {Map<string, number>} */
const since = new Map(); // "call/member" → seconds since 1970
/** @type {Map<string, string>} */
const labels = new Map(); // party → what people call it
/** @type {Map<string, Departed[]>} */
const left = new Map(); // call → who left
/** @type {Set<string>} */
const told = new Set(); // calls whose story was read

/** Whom an event begins something for; undefined: it begins nothing, "" is the caller.
 * @param {Api.Event} event */
function begins(event) {
  switch (event.event) {
    case "ModeChanged":
      return event.member ?? "";
    case "PartyDialled":
    case "PartyJoined":
      return event.party;
    case "PositionJoined":
      return event.position;
  }
}

/** Takes one event of the feed or of a story.
 * @param {Api.Event} event */
export function remember(event) {
  const who = begins(event);
  if (who !== undefined && "call" in event) since.set(`${event.call}/${who}`, event.at);
  if (event.event === "PartyDialled") labels.set(event.party, event.label || event.uri);
  if (event.event === "PartyJoined")
    left.set(
      event.call,
      departed(event.call).filter((one) => one.party !== event.party),
    );
  if (event.event === "PartyLeft") {
    const one = { party: event.party, label: labels.get(event.party) ?? event.party, why: event.why, at: event.at };
    left.set(event.call, [...departed(event.call).filter((other) => other.party !== one.party), one].slice(-3));
  }
  if (event.event === "CallEnded") {
    left.delete(event.call);
    told.delete(event.call);
  }
}

/** After a reload: reads once what happened in this call before.
 * @param {Api.Call | null} call */
export function recall(call) {
  if (!call || call.state === "ended" || told.has(call.id)) return;
  told.add(call.id);
  get(`/api/v1/calls/${encodeURIComponent(call.id)}`)
    .then(({ steps }) => {
      for (const step of steps) remember(step.event);
      redraw();
    })
    .catch(() => {});
}

/** @param {string} call */
export const departed = (call) => left.get(call) ?? [];
/** @param {string} party */
export const labelOf = (party) => labels.get(party) ?? party;

/** Seconds that this member ("" is the caller) has been as it is; null when that is not known.
 * @param {string} call */
export function lasts(call, member = "") {
  const began = since.get(`${call}/${member}`);
  return began ? feed.now() - began : null;
}
