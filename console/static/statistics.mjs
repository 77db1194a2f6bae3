// The figures of the queues: now from the live board, the hour and the day from the room's statistics.
import { html } from "/npm/htm/preact/standalone.module.js";
import { age, lang, named, t } from "./shared/i18n.mjs";
import { feed, waiting } from "./shared/store.mjs";

const GOALS = [90, 90, 95]; // percent answered within 10, 15, 20 s; the last two after NENA-STA-020
const LONG = 15,
  TOO_LONG = 20; // seconds

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole ? Math.round((100 * part) / whole) : null);
/** @param {number | null} value */
const percent = (value) => (value === null ? "–" : `${value}%`);
/** @param {Api.QueueFigures} f */
const settled = (f) => f.answered + f.lost;

/** How many of those answered or lost were answered within the nth threshold, in percent.
 * @param {Api.QueueFigures} f @param {number} n */
const within = (f, n) => share(f.within[n] ?? 0, settled(f));
/** @param {number | null} value @param {number} goal */
const short = (value, goal) => (value !== null && value < goal ? "short" : "");
/** @param {number} seconds */
const lateness = (seconds) => (seconds >= TOO_LONG ? "bad" : seconds >= LONG ? "warn" : "");

/** @param {Api.QueueFigures} f */
function why(f) {
  return t("lost_why", { once: f.lost_at_once, waiting: f.lost_waiting, announced: f.lost_announced, failed: f.lost_failed });
}

/** @param {{ name: string, value: string | number, tone?: string, children?: Children }} props */
function Tile({ name, value, tone = "", children }) {
  return html`<div class="tile ${tone}"><h2>${name}</h2><p class="big num">${value}</p><p class="soft num">${children}</p></div>`;
}

/** @param {{ figures: Api.QueuesNow | null | undefined }} props */
export function Tiles({ figures }) {
  const calls = waiting(),
    oldest = calls.reduce((most, call) => Math.max(most, feed.now() - call.received), 0);
  const seats = Object.values(feed.board.positions).filter((seat) => seat.ready || seat.call);
  const talking = Object.values(feed.board.calls).filter((call) => ["talking", "accepted", "transferred"].includes(call.state)).length;
  const free = seats.filter((seat) => !seat.call && seat.leg && !seat.wrapping).length;
  const hour = figures?.total.this_hour,
    today = figures?.total.today;
  const limits = figures?.within ?? [10, 15, 20];
  const good = hour ? within(hour, 0) : null;
  return html`<section class="tiles-now" aria-label=${t("now")}>
    <${Tile} name=${t("waiting")} value=${calls.length} tone=${calls.length > free ? "bad" : calls.length ? "warn" : ""}>${t("suspected_n", { n: calls.filter((call) => call.suspected).length })}</${Tile}>
    <${Tile} name=${t("oldest")} value=${calls.length ? age(oldest) : "–"} tone=${lateness(oldest)}>${hour ? t("longest_hour", { s: age(hour.longest_wait) }) : ""}</${Tile}>
    <${Tile} name=${t("free_seats")} value=${free} tone=${free || !calls.length ? "" : "bad"}>${t("talking_n", { n: talking })}</${Tile}>
    <${Tile} name=${t("within_s", { s: limits[0] })} value=${percent(good)} tone=${good !== null && good < GOALS[0] ? "warn" : ""}>${
      hour
        ? limits
            .slice(1)
            .map((s, n) => `≤${s}: ${percent(within(hour, n + 1))}`)
            .join(" · ")
        : ""
    }</${Tile}>
    <${Tile} name=${t("lost_unheard")} value=${hour?.lost ?? "–"} tone=${hour?.lost ? "bad" : ""}>${today ? t("lost_today", { n: today.lost, p: percent(share(today.lost, settled(today))) }) : ""}</${Tile}>
  </section>`;
}

/** @param {{ f: Api.QueueFigures, limits: number[] }} props */
function Cells({ f, limits }) {
  return html`<td class="num first">${f.received}</td>${limits.map((s, n) => html`<td key=${s} class="num ${short(within(f, n), GOALS[n])}">${percent(within(f, n))}</td>`)}
    <td class="num lost ${f.lost ? "bad" : ""}" title=${why(f)}>${f.lost}<span class="soft"> ${f.lost ? percent(share(f.lost, settled(f))) : ""}</span><span class="hidden-text">. <span>${why(f)}</span></span></td>`;
}

/** @param {{ one: Api.QueueNow, limits: number[] }} props */
function Row({ one, limits }) {
  const calls = waiting().filter((call) => !one.id || (call.queued_in || call.queue) === one.id);
  const oldest = calls.reduce((most, call) => Math.max(most, feed.now() - call.received), 0);
  return html`<tr class=${one.id ? "" : "total"}><th scope="row" translate=${!one.id}>${one.id ? named(one.names) : t("all_queues")}</th>
    <td class="num first ${calls.length ? "warn" : ""}">${calls.length}</td><td class="num ${lateness(oldest)}">${calls.length ? age(oldest) : "–"}</td>
    <${Cells} f=${one.this_hour} limits=${limits} /><${Cells} f=${one.today} limits=${limits} /></tr>`;
}

/** @param {{ figures: Api.QueuesNow | null | undefined, old: boolean }} props */
export function QueueTable({ figures, old }) {
  if (!figures)
    return html`<section class="card"><h2>${t("queues")}</h2><p class="soft">${t(old ? "figures_away" : "connecting")}</p></section>`;
  const limits = figures.within;
  const heads = html`<th scope="col" class="first">${t("calls_in")}</th>${limits.map((s) => html`<th scope="col" key=${s}>${t("at_most_s", { s })}</th>`)}<th scope="col">${t("lost_short")}</th>`;
  return html`<section class="card queues" aria-label=${t("queues")} tabindex="0"><table>
    <caption><h2>${t("queues")}</h2><span class="soft">${old ? t("figures_away") : t("lost_means")}</span> <a href="/api/v1/queues.csv?lang=${lang}" download>${t("month_csv")}</a></caption>
    <thead><tr><td></td><th scope="colgroup" colspan="2" class="first">${t("now")}</th><th scope="colgroup" colspan=${limits.length + 2} class="first">${t("this_hour")}</th><th scope="colgroup" colspan=${limits.length + 2} class="first">${t("today")}</th></tr>
      <tr><th scope="col">${t("queue")}</th><th scope="col" class="first">${t("waiting")}</th><th scope="col">${t("oldest")}</th>${heads}${heads}</tr></thead>
    <tbody>${[figures.total, ...figures.queues].map((one) => html`<${Row} one=${one} limits=${limits} key=${one.id} />`)}</tbody></table></section>`;
}
