// What a crew reports goes out in order, also when the phone was without network for a while.
import { command, post } from "./api.mjs";

const AGAIN = 3000; // ms
const FIXES_AT_MOST = 600; // kept without network: ten minutes of positions
const REPORTS = "siaga.reports"; // survives a closed page

/** `tell()` is called on every change. `reports` wait to be sent; `problem` is the server's last refusal. */
export class Outbox {
  reports = JSON.parse(localStorage.getItem(REPORTS) ?? "[]");
  fixes = [];
  offline = false;
  problem = "";
  sentAt = 0;
  #tell; #busy = false;

  constructor(tell) {
    this.#tell = tell;
    addEventListener("online", () => this.flush());
    setInterval(() => this.flush(), AGAIN);
  }

  report(name, fields) {
    this.problem = "";
    this.reports.push({ name, fields });
    this.flush();
  }

  fix(fix) {
    this.fixes.push(fix);
    if (this.fixes.length > FIXES_AT_MOST) this.fixes.splice(0, this.fixes.length - FIXES_AT_MOST);
    this.flush();
  }

  async flush() {
    localStorage.setItem(REPORTS, JSON.stringify(this.reports));
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.reports.length) {
        const { name, fields } = this.reports[0];
        await this.#once(() => command(name, fields));
        this.reports.shift();
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

  // A refusal is final and is shown; silence and a centre without its journal are worth another try.
  async #once(send) {
    try {
      await send();
    } catch (wrong) {
      if (wrong.status === 0 || wrong.status >= 500) throw wrong;
      this.problem = wrong.message;
    }
  }
}
