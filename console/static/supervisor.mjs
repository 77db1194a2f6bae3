// The supervisor's page, for a wall and a desk: how long people wait, who is lost unheard, who sits where, and joining in.
import { html, render } from "/npm/htm/preact/standalone.module.js";
import { Alarms } from "./shared/alarms.mjs";
import { get } from "./shared/api.mjs";
import { OtherLanguage, beginTheme, signOut, toggleTheme } from "./shared/bar.mjs";
import { Kinds, Reasons } from "./call/chips.mjs";
import { AudioState, Duty, NoMicrophone, signOff } from "./call/duty.mjs";
import { QueueTable, Tiles } from "./statistics.mjs";
import { age, clock, may, number, page, t } from "./shared/i18n.mjs";
import { byId } from "./shared/dom.mjs";
import { Guard } from "./shared/guard.mjs";
import { whileLocked } from "./shared/lock.mjs";
import { attend } from "./shared/attendance.mjs";
import { Seats } from "./call/positions.mjs";
import { Silence } from "./shared/room_silence.mjs";
import { audio, feed, heardAgain, mySeat, onDraw, redraw, ui, waiting } from "./shared/store.mjs";

const app = byId("app");
const FIGURES_EVERY = 5000;
const supervises = may("Supervise");
ui.me = page.name;
ui.figures = null;
beginTheme("night");
get("/api/v1/city")
  .then((city) => {
    ui.city = city;
    redraw();
  })
  .catch((wrong) => {
    ui.problem = wrong.message;
    redraw();
  });

async function count() {
  const figures = await get("/api/v1/queues", { within: FIGURES_EVERY / 1000 }).catch(() => null);
  ui.figures = figures ?? ui.figures;
  ui.figuresOld = !figures;
  redraw();
}

async function leave() {
  await signOff();
  await signOut();
}

function beginDuty() {
  ui.duty = true;
  redraw();
  requestAnimationFrame(() => document.getElementById("position")?.focus());
}

function Top() {
  const seat = mySeat();
  return html`<header class="top">
    <img src="/static/shared/icon.svg" alt="" width="34" height="34" /><h1>${t("supervisor")}<span translate=${false}>${app.dataset.city}</span></h1>
    ${app.dataset.note && html`<span class="demo-note" translate=${false}>${app.dataset.note}</span>`}<span class="grow"></span>
    ${seat && html`<strong class="seat on" translate=${false}>${seat.id}</strong><${AudioState} seat=${seat} />`}
    <span class="clock num" role="timer">${clock(feed.wall())}</span>
    <a href="/console">${t("console")}</a>${supervises && html`<a href="/audit">${t("audit_short")}</a>`}
    <button class="quiet" onClick=${() => {
      toggleTheme();
      redraw();
    }}>${t("theme")}</button>
    <${OtherLanguage} then=${redraw} />
    <button class="quiet" onClick=${leave} title=${t("sign_out_of", { name: page.name })}>${t("sign_out")}</button></header>`;
}

function Banner() {
  const seat = mySeat();
  if (!feed.connected)
    return html`<${Silence} feed=${feed} also=${t(mySeat()?.call && audio.state === "up" ? "room_silent_talk" : "room_silent_watch")} />`;
  if (seat?.media === "browser" && audio.state === "refused") return html`<${NoMicrophone} seat=${seat} />`;
  const text = feed.state.journal ? t("journal_lost") : !feed.state.switch ? t("switch_lost") : "";
  return text ? html`<p class="banner" role="alert">${text}</p>` : null;
}

function Suspects() {
  const calls = waiting().filter((call) => call.suspected);
  return html`<section class="card suspects" aria-label=${t("suspects")}><h2>${t("suspects")} <span class="count">${calls.length || ""}</span></h2>
    ${
      calls.length
        ? html`<ul>${calls.slice(0, 8).map(
            (call) => html`<li class="call waiting suspect" key=${call.id}>
      <div class="row spread"><strong class="num">${number(call.caller)}</strong><span class="num age">${age(feed.now() - call.received)}</span></div>
      <${Kinds} call=${call} /><${Reasons} call=${call} most=${3} /></li>`,
          )}</ul>`
        : html`<p class="soft">${t("no_suspects")}</p>`
    }
  </section>`;
}

function Supervisor() {
  const offDuty = supervises && feed.seq !== null && !mySeat();
  return html`<${Top} /><${Banner} />
    <main id="main" class="overview">
      <div class="figures"><${Guard} name=${{ code: "queues" }}><${Tiles} figures=${ui.figures} /><${QueueTable} figures=${ui.figures} old=${ui.figuresOld} /></${Guard}><${Guard} name=${{ code: "suspects" }}><${Suspects} /></${Guard}></div>
      <aside class="people"><${Guard} name=${{ code: "alarms" }}><${Alarms} /></${Guard}>
        ${mySeat() && html`<p class="problem" role="alert">${ui.problem}</p>`}
        <${Seats} acts=${supervises}>${
          offDuty &&
          (ui.duty
            ? html`<${Duty} usual="S1" ready=${false} why=${t("supervise_why")} />`
            : html`<p class="row spread soft"><span>${t("join.needs_audio")}</span> <button id="begin" onClick=${beginDuty}>${t("sign_on")}</button></p>`)
        }</${Seats}></aside>
    </main>`;
}

let inHand = "";
onDraw(() => render(html`<${Supervisor} />`, app));
feed.listen((news) => {
  const seat = mySeat();
  if (news.event?.event === "PositionLegDown" && news.event.position === seat?.id && seat.media === "browser") audio.legGone();
  if (news.whole && seat?.media === "browser" && audio.state === "off") audio.resume(seat.id);
  if ((seat?.call ?? "") !== inHand) {
    inHand = seat?.call ?? "";
    if (audio.muted) audio.mute(false);
  }
  heardAgain();
  redraw();
});
addEventListener("beforeunload", (event) => {
  if (mySeat()?.call) event.preventDefault();
});
setInterval(redraw, 1000);
setInterval(count, FIGURES_EVERY);
count();
redraw();
whileLocked(() => ({ talking: !!mySeat()?.call && audio.state === "up", muted: audio.muted, mute: (on) => audio.mute(on) }));
attend(feed);
feed.start();
