// What an event of the journal says, as a sentence in the page's language.
import { has, locale, named, number, place, say, t } from "./i18n.mjs";

/** @param {string} family @param {string} value */
const word = (family, value) => (has(`${family}.${value}`) ? t(`${family}.${value}`) : value);

/** Fields whose value is a code or a record; the others are shown as they are.
 * @type {{ [K in EventField]?: (value: EventValue<K>) => Param }} */
const SAID = {
  location: place,
  caller: number,
  candidates: (all) =>
    all.map((one) => ({
      code: one.suggested ? "event_candidate_suggested" : "event_candidate",
      params: { rank: one.rank, unit: one.unit, seconds: one.seconds },
    })),
  fixes: (all) => all.map((fix) => fix.unit).join(", "),
  digests: (all) => all.length,
  faults: (kinds) => Object.entries(kinds).map(([kind, n]) => ({ code: "event_faults", params: { n, kind: { code: `damage.${kind}` } } })),
  digest: (hex) => `${hex.slice(0, 12)}…`,
  disposition: (code) => word("disp", code),
  progress: (code) => word("state", code),
  status: (code) => word("status", code),
  role: (code) => word("role", code),
  do: (code) => word("do", code),
  value: (score) => score.toLocaleString(locale),
  reasons: (all) => all.map((one) => one.text),
  to: (whom) => (Array.isArray(whom) ? whom.map((step) => word("overflow", step)).join(", ") || t("overflow.none") : whom),
  calls: (all) => all.map((one) => (Array.isArray(one) ? `${one[0]} → ${one[1]}` : one)).join(", "),
  skills: (all) => all.join(", "),
  ready: (yes) => t(yes ? "ready_or.yes" : "ready_or.no"),
  intact: (yes) => t(yes ? "yes" : "no"),
  mode: (code) => word("mode", code),
  what: (code) => (typeof code === "string" ? word("consent", code) : code),
  channel: (code) => word("channel", code),
  via: (code) => word("via", code),
  msd: (one) => [one.vehicle, one.heading === null ? "" : `${Math.round(one.heading)}°`, one.vin].filter(Boolean).join(", "),
  streets: (all) => all.join(", "),
  changes: (all) => all.map((one) => ({ code: one.on ? "shift_on" : "shift_off", params: { unit: one.unit } })),
  rain: (yes) => t(yes ? "yes" : "no"),
  tide_m: (metres) => (metres === null ? "–" : t("weather.metres", { m: metres.toLocaleString(locale) })),
  digits: (keys) => [...keys].join(" "),
  asks: (units) => (units.length ? `→ ${units.join(", ")}` : ""),
  units: (all) => all.map((one) => ({ code: "event_unit", params: { unit: one.id, state: { code: `state.${one.state ?? "assigned"}` } } })),
  answer: (code) => word("answer", code),
  state: (code) => word("alert_state", code),
  number: (value) => (typeof value === "string" ? number(value) : value),
  waited: (seconds) => Math.round(seconds),
  seconds: (seconds) => Math.round(seconds * 10) / 10,
};
/** A field that equals its default is left out of the journal.
 * @type {{ [event: string]: { [K in EventField]?: EventValue<K> | "–" } }} */
const DEFAULTS = {
  CallReceived: { caller: "", service: "112" },
  CallEnded: { by: "caller" },
  CallbackOwed: { caller: "" },
  UnitAssigned: { rank: "–" },
  JournalVerified: { faults: {} },
  ModeChanged: { member: "" },
  LinkClosed: { by: "system" },
  NoticeOrdered: { by: "system" },
  CentreAlerted: { asks: [] },
  AlertReceived: { asks: [], type: "", address: "", theirs: "", state: "open" },
  AlertAnswered: { units: [], text: "", by: "" },
  StreetClosed: { streets: [], why: "" },
  ConditionsSet: { rain: false, tide_m: null },
};
/** Some facts are said differently when a field is set.
 * @type {{ [K in Api.Event["event"]]?: [field: keyof Extract<Api.Event, { event: K }>, otherwise: string] }} */
const OTHERWISE = {
  CallScored: ["suspected", "suspected"],
  CallPlaced: ["callback_of", "back"],
  PartyDialled: ["blind", "blind"],
  DtmfReceived: ["party", "party"],
  DtmfSent: ["party", "party"],
  PlaceAliasAdded: ["learnt", "learnt"],
  SilenceNoted: ["heard", "heard"],
  SoundStrayed: ["heard", "heard"],
  RecordingIncomplete: ["running", "running"],
  CallTakenOver: ["before", "before"],
  LinkConsented: ["withdrawn", "withdrawn"],
  NoticeFailed: ["again", "again"],
  NoticeSent: ["demo", "demo"],
  PlaceDoubted: ["border", "outside"],
  StreetReopened: ["by", "by"],
  ConditionsSet: ["by", "by"],
  WaysReviewed: ["changed", "changed"],
};

/** Events whose `why` is one of a few words.
 * @type {{ [event: string]: string }} */
const WHYS = { CallPrioritised: "why", CentreAlerted: "why", PositionUnattended: "away" };

/** @param {unknown} value @returns {value is Api.Text} */
const isText = (value) => typeof value === "object" && value !== null && "code" in value && !!value.code;

/** id → what people call the parties that a story (a list of events) names.
 * @param {Api.Event[]} events
 * @returns {Map<string, string>} */
export const partiesOf = (events) =>
  new Map(events.filter((event) => event.event === "PartyDialled").map((event) => [event.party, event.label || event.uri]));

/** Whose recording it is; the leg of a party is named "party-" and its id.
 * @param {string} leg */
export const legName = (leg, parties = /** @type {Map<string, string>} */ (new Map())) =>
  parties.get(leg.replace(/^party-/, "")) ?? word("leg", leg);

/** `event` as the API gives it; `city` (may be null) names the incident types, `parties` as partiesOf gives them.
 * @param {Api.Event} event
 * @param {Api.CityNow | null} city */
export function sentence(event, city, parties = /** @type {Map<string, string>} */ (new Map())) {
  const facts = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (event));
  const said = /** @type {Params} */ ({ ...DEFAULTS[event.event], ...facts });
  for (const [field, saidOf] of /** @type {[string, (value: unknown) => Param][]} */ (Object.entries(SAID)))
    if (field in said) said[field] = saidOf(said[field]);
  if (event.event === "CallOffered" && event.positions) said.position = event.positions.join(", ");
  if (event.event === "CallEnded") said.by = word("ended_by", `${said.by}`);
  if (said.leg) said.leg = legName(`${said.leg}`, parties);
  for (const field of ["party", "member"]) said[field] = parties.get(`${said[field]}`) ?? said[field];
  if (event.event === "PartyDialled") said.party = event.label || event.uri;
  if (event.event === "ModeChanged") said.member ||= t("caller");
  if (said.by === "system") said.by = t("system");
  if (event.erased && said.location) said.location = "";
  if (event.event === "PositionReady") said.reason = named(city?.not_ready.find((one) => one.id === event.reason)?.names) || event.reason;
  for (const [field, value] of Object.entries(event)) if (isText(value)) said[field] = value.code === "sip.200" ? "" : say(value);
  if (WHYS[event.event]) said.why = word(WHYS[event.event], `${facts.why}`);
  said.type = named(city?.incident_types.find((type) => type.id === facts.type)?.names) || /** @type {string} */ (facts.type);
  const [field, other] = OTHERWISE[event.event] ?? [];
  const key = field && facts[field] ? `event.${event.event}.${other}` : `event.${event.event}`;
  return t(key, said)
    .replace(/ *\(\s*\)/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[:,]$/, "");
}
