// The live board in the browser: one event source, resumed where it stopped; records are replaced, never refolded.
export class Feed {
  board = { calls: {}, positions: {}, incidents: {}, assignments: {}, units: {}, orders: {}, callbacks: {}, alarms: {}, notices: {}, links: {}, alerts: {}, closures: {}, conditions: {} };
  fixes = {};
  state = { journal: "", switch: true };
  connected = false;
  seq = null;
  #skew = 0;
  #listeners = new Set();
  #source = null;
  #heard = 0;

  start() {
    this.#connect();
    // A connection that is silent for longer than two state messages is dead, whatever the browser believes.
    setInterval(() => { if (performance.now() - this.#heard > 12000) this.#connect(); }, 3000);
    return this;
  }

  listen(listener) { this.#listeners.add(listener); return () => this.#listeners.delete(listener); }
  // The server's clock, carried on by one that nobody can set here.
  now() { return performance.now() / 1000 + this.#skew; }

  #connect() {
    this.#source?.close();
    this.#heard = performance.now();
    const source = new EventSource("/api/v1/events" + (this.seq === null ? "" : `?after=${this.seq}`));
    this.#source = source;
    const on = (name, take) => source.addEventListener(name, (message) => {
      this.#heard = performance.now();
      if (source === this.#source) { this.connected = true; take(JSON.parse(message.data)); }
    });
    on("board", (whole) => {
      Object.assign(this.board, whole.board);
      this.fixes = whole.fixes;
      this.seq = whole.seq;
      this.#state(whole);
      this.#tell({ whole: true });
    });
    on("entry", (entry) => {
      if (this.seq !== null && entry.seq <= this.seq) return;
      this.seq = entry.seq;
      for (const [table, rows] of Object.entries(entry.put)) {
        const held = { ...this.board[table] };
        for (const [id, record] of Object.entries(rows)) {
          if (record === null) delete held[id]; else held[id] = record;
        }
        this.board[table] = held;
      }
      this.#tell(entry);
    });
    on("fixes", (fixes) => { this.fixes = { ...this.fixes, ...fixes }; this.#tell({ fixes }); });
    on("state", (state) => { this.#state(state); this.#tell({}); });
    source.onerror = () => {
      if (source !== this.#source) return;
      this.connected = false;
      this.#tell({});
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#connect(), 1500);
    };
  }

  #state(state) {
    this.state = { journal: state.journal, switch: state.switch };
    this.#skew = state.now - performance.now() / 1000;
  }

  #tell(news) { for (const listener of this.#listeners) listener(news); }
}
