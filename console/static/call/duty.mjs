// Signing on to a position (a seat with audio of its own), and what its sound is doing.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { command, post } from "../shared/api.mjs";
import { Does, silent } from "../shared/does.mjs";
import { t } from "../shared/i18n.mjs";
import { attempt, audio, feed, mySeat, redraw, ui } from "../shared/store.mjs";

const KEPT = 12; // names of seats that this machine remembers

/** @returns {string[]} */
const usedHere = () => JSON.parse(localStorage.getItem("positions") ?? "[]");

/** `ready`: whether calls may ring there at once.
 * @param {string} position @param {"browser" | "phone"} media */
export async function signOn(position, media, ready = true) {
  if (!(await attempt(() => command("SignOn", ready ? { position, media } : { position, media, ready })))) return;
  localStorage.setItem("position", position);
  localStorage.setItem("positions", JSON.stringify([position, ...usedHere().filter((one) => one !== position)].slice(0, KEPT)));
  if (media === "browser") await audio.connect(position);
  else ui.phone = await attempt(() => post("/api/v1/phone", {}));
  redraw();
}

export async function signOff() {
  const seat = mySeat();
  if (seat && !seat.call) await attempt(() => command("SignOff", { position: seat.id }));
  audio.disconnect();
}

/** @param {{ seat: Api.Position }} props */
export function AudioState({ seat }) {
  const state = seat.media === "phone" ? (seat.leg ? "up" : "connecting") : audio.state;
  return html`<span class="audio ${state}"><span class="meter" aria-hidden="true"></span><span class="chip ${state === "up" ? "ok" : ["connecting", "elsewhere"].includes(state) ? "warn" : "bad"}" role="status">${t(state === "refused" ? "audio.no_mic" : `audio.${state}`)}</span></span>`;
}

/** Seats that somebody has are named with who has them; those used here before can be chosen.
 * @param {{ usual?: string, ready?: boolean, why?: string }} props */
export function Duty({ usual = "P1", ready = true, why = t("sign_on_why") }) {
  const [position, setPosition] = useState(localStorage.getItem("position") ?? usual);
  const taken = Object.values(feed.board.positions).find((seat) => seat.id === position && seat.user !== ui.me);
  const offered = [...new Set([...usedHere(), usual])].filter(
    (one) => !(feed.board.positions[one] && feed.board.positions[one].user !== ui.me),
  );
  return html`<form class="duty card" onSubmit=${(event) => {
    event.preventDefault();
    signOn(position, "browser", ready);
  }}>
    <h2>${t("sign_on")}</h2><p class="soft">${why}</p>
    <div class="row"><label class="grow">${t("position")}<input id="position" value=${position} maxlength="20" required list="positions" autocomplete="off" onInput=${(event) => setPosition(event.target.value.trim())} />
      <datalist id="positions">${offered.map((one) => html`<option key=${one} value=${one}></option>`)}</datalist></label></div>
    ${taken && html`<p class="chip warn">${t("position_taken", { position, user: taken.user })}</p>`}
    <div class="row wrap"><button class="primary big" id="sign-on" aria-disabled=${silent()}>${t("sign_on")}</button>
      <${Does} does=${() => signOn(position, "phone", ready)}>${t("use_phone")}</${Does}></div>
    <p class="problem" role="alert">${ui.problem}</p>
  </form>`;
}

/** @param {{ seat: Api.Position }} props */
export function NoMicrophone({ seat }) {
  return html`<p class="banner" role="alert">${t("audio.refused")}
    <button onClick=${() => audio.connect(seat.id)}>${t("try_again")}</button> <${Does} does=${() => signOn(seat.id, "phone")}>${t("use_phone")}</${Does}></p>`;
}
