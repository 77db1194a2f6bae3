// The live board in the browser: one event source, resumed where it stopped; records are replaced, never refolded.
//
// Whether the page is connected is the age of the room's last word and nothing else: a peer that is frozen breaks no
// connection. The room says something every two seconds. A word that comes after a longer silence was under way
// meanwhile (a proxy that hung, a laptop that slept), so it is not believed: the page asks anew, and what the new
// connection says first is of now. One connection is open at a time, and one that says nothing is replaced ever later.
import { get } from "./api.mjs";
import { heard } from "./heard.mjs";

const SILENT = 6; // s without a word; the room says something every two (STATE_EVERY of feed.py)
const AT_MOST = 30; // s that a connection is waited for which never said anything
const BROKEN_AT_MOST = 8; // s between tries while connecting fails at once

/** @typedef {Api.Messages["GET /api/v1/events"]} Messages */

export class Feed {
  /** @type {Api.Tables} */
  board = {
    calls: {},
    positions: {},
    incidents: {},
    assignments: {},
    units: {},
    orders: {},
    callbacks: {},
    alarms: {},
    notices: {},
    links: {},
    alerts: {},
    closures: {},
    conditions: {},
  };
  /** @type {Record<string, Api.Fix>} */
  fixes = {};
  /** Of waiting calls. @type {Record<string, Api.Precedence[]>} */
  precedence = {};
  /** @type {Pick<Api.RoomNow, "journal" | "switch">} */
  state = { journal: null, switch: true };
  /** @type {number | null} */
  seq = null;
  #mark = ""; // the same with the id of its journal: a room that does not know it begins with the whole board
  #said = Date.now() / 1000; // seconds since 1970 as the room last told it; this computer's clock, until it does
  #saidAt = heard(); // when that was
  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** @type {EventSource | null} */
  #source = null;
  #word = heard(); // the last word that was of its time
  #wordAt = 0; // when that was, by the room's clock
  #spoke = heard(); // this connection: begun, or its last word
  #began = false; // whether it said anything
  #broken = false;
  #patience = 0;
  #tries = 0;
  #told = false;
  #asks = false;

  start() {
    this.#connect();
    setInterval(() => this.#look(), 500);
    for (const woken of ["visibilitychange", "pageshow", "online", "focus"]) addEventListener(woken, () => this.#look());
    addEventListener("unlocked", () => {
      if (!this.connected) this.#connect();
    });
    return this;
  }

  /** @param {(news: News) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Seconds since the room's last word. */
  get silence() {
    return this.#word.age();
  }
  get connected() {
    return this.seq !== null && !this.#broken && this.silence < SILENT;
  }
  /** Seconds since 1970 as the room has it; while it is silent the time of its last word, of which the board is. */
  now() {
    return this.connected || this.seq === null ? this.wall() : this.#wordAt;
  }
  /** What the clock on the wall says, whoever is silent: what the room told of it, carried on, also through a sleep;
   * before its first word (`seq` null) what this computer has. */
  wall() {
    return this.#said + this.#saidAt.age();
  }

  #look() {
    if (this.#spoke.age() > this.#patience) this.#connect();
    if (this.connected !== this.#told) this.#tell({});
  }

  #connect() {
    this.#source?.close();
    this.#spoke.touch();
    this.#began = false;
    this.#tries += 1;
    this.#patience = Math.min(AT_MOST, SILENT * this.#tries);
    const after = this.seq === null ? "" : `?after=${encodeURIComponent(this.#mark)}`;
    const source = new EventSource(`/api/v1/events${after}`);
    this.#source = source;
    /** @template {keyof Messages} N
     * @param {N} name
     * @param {(data: Messages[N]) => void} take */
    const on = (name, take) =>
      source.addEventListener(name, (message) => {
        if (source !== this.#source) return;
        if (this.#began && this.#spoke.age() > SILENT) {
          this.#tries = 0;
          this.#connect();
          return;
        }
        this.#began = true;
        this.#broken = false;
        this.#tries = 0;
        this.#patience = SILENT;
        this.#spoke.touch();
        this.#word.touch();
        this.#wordAt = this.wall();
        if (message.lastEventId) this.#mark = message.lastEventId;
        take(JSON.parse(message.data));
      });
    on("board", (whole) => {
      Object.assign(this.board, whole.board);
      this.fixes = whole.fixes;
      this.precedence = whole.precedence;
      this.seq = whole.seq;
      this.#state(whole);
      this.#tell({ whole: true });
    });
    on("entry", (entry) => {
      if (this.seq !== null && entry.seq <= this.seq) return;
      this.seq = entry.seq;
      const tables = /** @type {Record<string, Record<string, unknown>>} */ (/** @type {unknown} */ (this.board));
      for (const [table, rows] of Object.entries(entry.put)) {
        const held = { ...tables[table] };
        for (const [id, record] of Object.entries(rows)) {
          if (record === null) delete held[id];
          else held[id] = record;
        }
        tables[table] = held;
      }
      if ("precedence" in entry) this.precedence = { ...this.precedence, ...entry.precedence };
      for (const id of Object.keys(entry.put.calls ?? {})) if (!this.board.calls[id]) delete this.precedence[id];
      this.#tell(/** @type {Api.EntryTold} */ (entry)); // a crew is told the event's kind only, and its page reads no more
    });
    on("fixes", (fixes) => {
      this.fixes = { ...this.fixes, ...fixes };
      this.#tell({ fixes });
    });
    on("state", (state) => {
      this.#state(state);
      this.#tell({});
    });
    on("drafts", (drafts) => this.#tell({ drafts }));
    source.onerror = () => {
      if (source !== this.#source) return;
      source.close(); // it would try again by itself, at times of its own
      this.#spoke.touch();
      this.#patience = Math.min(BROKEN_AT_MOST, this.#tries);
      this.#broken = true;
      this.#tell({});
      this.#askWhy();
    };
  }

  // A feed does not say why it is refused. A session that is over locks the page, however quiet it is.
  #askWhy() {
    if (this.#asks) return;
    this.#asks = true;
    get("/api/v1/session")
      .catch(() => {})
      .finally(() => {
        this.#asks = false;
      });
  }

  /** @param {Api.RoomNow} state */
  #state(state) {
    this.state = { journal: state.journal, switch: state.switch };
    this.#said = this.#wordAt = state.now;
    this.#saidAt.touch();
  }

  /** @param {News} news */
  #tell(news) {
    this.#told = this.connected;
    document.documentElement.dataset.room = this.seq === null || this.#told ? "heard" : "silent";
    for (const listener of this.#listeners) listener(news);
  }
}
