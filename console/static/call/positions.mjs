// The positions: who sits there, what they do and since when; a supervisor joins a call from here.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Kinds } from "./chips.mjs";
import { Does } from "../shared/does.mjs";
import { Icon } from "../shared/icons.mjs";
import { age, named, number, t } from "../shared/i18n.mjs";
import { attempt, feed, mySeat, ui, wasOrIs } from "../shared/store.mjs";
import { Data, Dotted } from "../shared/parts.mjs";

/** @type {Record<string, string>} */
const TONES = { talking: "ok", ready: "on", wrap_up: "warn", not_ready: "", no_audio: "bad", joined: "warn" };
/** @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields */
const ask = (name, fields) => attempt(() => command(name, fields));

/** What a seat does: talking, joined (a supervisor in somebody's call), wrap_up, not_ready, no_audio or ready.
 * @param {Api.Position} seat */
export function stateOf(seat) {
  if (seat.call) return feed.board.calls[seat.call]?.position === seat.id ? "talking" : "joined";
  if (seat.wrapping) return "wrap_up";
  if (!seat.ready || seat.away) return "not_ready";
  return seat.leg ? "ready" : "no_audio";
}

/** @param {string} id */
export const reasonName = (id) => named(ui.city?.not_ready.find((one) => one.id === id)?.names) || id;

/** @param {Api.Position} seat @param {Api.Call | undefined} call */
function since(seat, call) {
  if (call) return call.answered || call.received;
  return feed.board.calls[seat.wrapping]?.ended || seat.idle_since;
}

/** @param {{ call: Api.Call }} props */
function Join({ call }) {
  const seat = mySeat(),
    here = seat?.call === call.id,
    able = !!seat?.leg && (!seat.call || here);
  const mode = here && call.position !== seat?.id ? seat?.mode : "";
  /** @param {"listen" | "whisper" | "talk"} does @param {string} icon @param {string} words */
  const button = (does, icon, words) =>
    html`<${Does} class=${mode === does ? "pressed" : ""} aria-pressed=${mode === does} disabled=${!able} does=${() => ask("Supervise", { call: call.id, position: seat?.id ?? "", mode: does })}><${Icon} name=${icon} /> ${words}</${Does}>`;
  return html`<div class="row wrap joins">
    ${button("listen", "ear", t("join.listen"))}${button("whisper", "whisper", t("join.whisper"))}${button("talk", "talk", t("join.talk"))}
    ${
      mode
        ? html`<${Does} class="danger" does=${() => ask("LeaveCall", { position: seat?.id ?? "" })}><${Icon} name="drop" /> ${t("join.leave")}</${Does}>`
        : html`<${Does} disabled=${!able} does=${() => ask("TakeOver", { call: call.id, position: seat?.id ?? "" })}><${Icon} name="back" /> ${t("join.take")}</${Does}>`
    }
    ${mode && html`<p class="now-joined" role="status">${t(`joined.${mode}`)}</p>`}</div>`;
}

/** @param {{ call: Api.Call }} props */
function CallLine({ call }) {
  const parties = call.members.filter((one) => one.kind === "party");
  return html`<p class="call-line"><strong class="num" translate=${!call.caller}>${number(call.caller)}</strong> <span class="soft"><${Dotted} of=${[call.held && t("mode.held"), call.incident && html`<${Data}>${call.incident}</${Data}>`, ...parties.map((one) => t("party_mode", { who: one.label, mode: { code: `mode.${one.mode}` } }))]} /></span></p>
    <${Kinds} call=${call} />`;
}

/** @param {{ seat: Api.Position, acts: boolean }} props */
function Seat({ seat, acts }) {
  const state = stateOf(seat),
    call = feed.board.calls[seat.call],
    mine = seat.id === mySeat()?.id;
  const at = since(seat, call);
  const why = seat.away ? t(`away.${seat.away}`) : seat.reason && reasonName(seat.reason);
  const word = state === "not_ready" && why ? t("seat.not_ready_why", { why }) : t(`seat.${state}`);
  return html`<li class="seat-row ${state} ${mine ? "mine" : ""}" key=${seat.id}>
    <div class="row spread"><span><span translate=${false}><strong>${seat.id}</strong> ${seat.user}</span>${mine && html` <span>(${t("you")})</span>`}</span>
      <span class="row"><span class="num since">${at ? age(feed.now() - at) : ""}</span><span class="chip ${TONES[state]}">${wasOrIs(word)}</span></span></div>
    ${call && state === "talking" && html`<${CallLine} call=${call} />`}
    ${acts && !mine && call && state === "talking" && html`<${Join} call=${call} />`}
    ${acts && !mine && !call && seat.ready && !seat.away && html`<${Does} class="quiet" does=${() => ask("SetReady", { position: seat.id, ready: false })}>${t("make_not_ready")}</${Does}>`}
  </li>`;
}

/** @param {{ acts: boolean, children?: Children }} props */
export function Seats({ acts, children }) {
  const order = ["talking", "joined", "wrap_up", "ready", "no_audio", "not_ready"];
  const seats = Object.values(feed.board.positions).sort(
    (a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)) || a.id.localeCompare(b.id, undefined, { numeric: true }),
  );
  const left = Object.values(feed.board.calls).filter((call) => call.state === "transferred");
  return html`<section class="card seats" aria-label=${t("positions")}><h2>${t("positions")} <span class="count">${seats.length || ""}</span></h2>
    ${children}
    ${seats.length ? html`<ul>${seats.map((seat) => html`<${Seat} seat=${seat} acts=${acts} key=${seat.id} />`)}</ul>` : html`<p class="soft">${t("no_positions")}</p>`}
    ${
      left.length > 0 &&
      html`<h2>${t("with_parties")}</h2><ul>${left.map(
        (call) => html`<li class="seat-row transferred" key=${call.id}>
          <div class="row spread"><span>${t("transferred")}</span><span class="num since">${age(feed.now() - call.received)}</span></div>
      <${CallLine} call=${call} />${acts && html`<${Join} call=${call} />`}</li>`,
      )}</ul>`
    }
  </section>`;
}
