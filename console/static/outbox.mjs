// What a crew reports goes out in order, also when the phone was without network for a while, and says how long ago it
// happened: an age is right whatever the phone's clock says.
import { commandOf, newKey, post, problemFrom } from "./shared/api.mjs";

const AGAIN = 3000; // ms
const FIXES_AT_MOST = 600; // kept without network: ten minutes of positions
const REPORTS = "siaga.reports"; // survives a closed page

/** `now()`: seconds since 1970 as the room has it, null before its first word. `tell()` is called on every change, `sent(report)` when one was taken. `reports` wait to be sent; `problem` is the server's last refusal. */
export class Outbox {
  /** @type {CrewReport[]} */
  reports = JSON.parse(localStorage.getItem(REPORTS) ?? "[]");
  /** @type {Api.Fix[]} */
  fixes = [];
  offline = false;
  problem = "";
  sentAt = 0;
  #now;
  #tell;
  #sent;
  #busy = false;

  /** @param {() => number | null} now @param {() => void} tell @param {(report: CrewReport) => void} sent */
  constructor(now, tell, sent) {
    this.#now = now;
    this.#tell = tell;
    this.#sent = sent;
    addEventListener("online", () => this.flush());
    setInterval(() => this.flush(), AGAIN);
  }

  /** @template {CrewCommand} N
   * @param {N} name
   * @param {Api.FieldsOf<N>} fields */
  report(name, fields) {
    this.problem = "";
    this.reports.push({
      name,
      fields: /** @type {CrewReport["fields"]} */ (fields),
      key: newKey(),
      at: this.#now(),
      since: performance.now(),
      clock: Date.now(),
      page: performance.timeOrigin,
    });
    this.flush();
  }

  /** @param {Api.Fix} fix */
  fix(fix) {
    this.fixes.push(fix);
    if (this.fixes.length > FIXES_AT_MOST) this.fixes.splice(0, this.fixes.length - FIXES_AT_MOST);
    this.flush();
  }

  /** The room's time now less its time then: right over a reload and a sleeping phone. Where the room had not said a word
   * then, the phone's clock knows; where that was set meanwhile, the page's own clock knows better.
   * @param {CrewReport} report @param {number} now */
  #ago({ at, since, clock, page }, now) {
    const own = page === performance.timeOrigin ? (performance.now() - since) / 1000 : 0;
    return Math.max(0, own, at === null ? (Date.now() - clock) / 1000 : now - at);
  }

  async flush() {
    localStorage.setItem(REPORTS, JSON.stringify(this.reports));
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let now = this.#now(); this.reports.length && now !== null; now = this.#now()) {
        const at = now,
          report = this.reports[0],
          { name, fields, key } = report;
        const ago = this.#ago(report, at);
        report.at ??= at - ago;
        const taken = await this.#once(() =>
          post("/api/v1/commands", commandOf(name, /** @type {Api.FieldsOf<typeof name>} */ (fields)), { key, ago, at: at - ago }),
        );
        this.reports.shift();
        if (taken) this.#sent(report);
        localStorage.setItem(REPORTS, JSON.stringify(this.reports));
        this.#tell();
      }
      while (this.fixes.length) {
        const some = this.fixes.slice(0, 200);
        await this.#once(() => post("/api/v1/fixes", some));
        this.fixes.splice(0, some.length);
        this.sentAt = Date.now() / 1000;
      }
      this.offline = false;
    } catch {
      this.offline = true; // tried again by the clock, or when the phone says that it is back
    } finally {
      this.#busy = false;
      this.#tell();
    }
  }

  /** A refusal is final and is shown. Silence, a centre without its journal, a screen that was locked for long and too many
   * requests are worth another try: what was pressed has happened.
   * @param {() => Promise<unknown>} send */
  async #once(send) {
    try {
      await send();
      return true;
    } catch (caught) {
      const wrong = problemFrom(caught);
      if (wrong.undecided) throw wrong;
      this.problem = wrong.message;
      return false;
    }
  }
}
