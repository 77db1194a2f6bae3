// The live board in the browser: one stream of journal entries, resumed where it broke, applied to plain tables.
//
// Every entry carries the records it changed ("put"), so nothing is computed twice: the browser only stores. A stream
// that says nothing for SILENCE is taken for dead and opened again after the last entry that was seen.

const SILENCE = 12_000; // ms; the server says its state every five seconds
const RETRY_AT_MOST = 5_000; // ms
const TABLES = ["calls", "positions", "incidents", "assignments", "units", "orders", "callbacks", "alarms"];

const empty = () => Object.fromEntries(TABLES.map((name) => [name, {}]));

/**
 * Opens the stream. The result has `state` {board, fixes, seq, journal, switch, connected, loaded, signedOut, offset},
 * `subscribe(listener)` told at most once a tick, `onEntry(listener)` told each entry, `reached(seq)`, `now()`.
 * `offset` is what the server's clock is ahead of ours, in seconds.
 */
export function openFeed() {
  const state = {
    board: empty(), fixes: {}, seq: 0, journal: "", switch: true,
    connected: false, loaded: false, signedOut: false, offset: 0,
  };
  const listeners = new Set(), entryListeners = new Set();
  let source = null, heard = 0, failures = 0, retry = 0, telling = false, waiting = [];

  const tell = () => {
    if (telling) return;
    telling = true;
    setTimeout(() => {
      telling = false;
      for (const listener of listeners) listener(state);
      waiting = waiting.filter(({ seq, resolve }) => seq > state.seq || (resolve(), false));
    });
  };

  const takeBoard = (given) => {
    Object.assign(state, {
      board: { ...empty(), ...given.board }, fixes: given.fixes ?? {}, seq: given.seq,
      journal: given.journal ?? "", switch: given.switch ?? true, loaded: true,
    });
    if (given.now) state.offset = given.now - Date.now() / 1000;
  };

  const takeEntry = (entry) => {
    if (entry.seq <= state.seq) return; // already known from the board or from before the break
    state.seq = entry.seq;
    for (const [table, changes] of Object.entries(entry.put ?? {})) {
      const records = { ...state.board[table] };
      for (const [key, record] of Object.entries(changes)) {
        if (record === null) delete records[key];
        else records[key] = record;
      }
      state.board = { ...state.board, [table]: records };
    }
    for (const listener of entryListeners) listener(entry);
  };

  const on = (name, take) => source.addEventListener(name, (message) => {
    heard = performance.now();
    failures = 0;
    state.connected = true;
    take(JSON.parse(message.data));
    tell();
  });

  const open = () => {
    clearTimeout(retry);
    heard = performance.now();
    source = new EventSource(state.loaded ? `/api/v1/events?after=${state.seq}` : "/api/v1/events");
    on("board", takeBoard);
    on("entry", takeEntry);
    on("fixes", (fixes) => { state.fixes = { ...state.fixes, ...fixes }; });
    on("state", (given) => {
      state.journal = given.journal ?? "";
      state.switch = given.switch ?? true;
      if (given.now) state.offset = given.now - Date.now() / 1000;
    });
    source.onerror = again; // the browser's own retry would not know the last entry after a refusal
  };

  const again = () => {
    source?.close();
    source = null;
    state.connected = false;
    tell();
    clearTimeout(retry);
    retry = setTimeout(open, Math.min(RETRY_AT_MOST, 300 * 2 ** failures++));
    if (failures > 2) checkSession();
  };

  const checkSession = async () => {
    const answer = await fetch("/api/v1/session").catch(() => null);
    state.signedOut = answer?.status === 401;
    tell();
  };

  setInterval(() => {
    if (source && performance.now() - heard > SILENCE) again();
  }, 1000);
  addEventListener("online", () => { if (!state.connected) { failures = 0; again(); } });
  open();

  return {
    state,
    subscribe: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    onEntry: (listener) => { entryListeners.add(listener); return () => entryListeners.delete(listener); },
    reached: (seq) => (state.seq >= seq ? Promise.resolve() : new Promise((resolve) => waiting.push({ seq, resolve }))),
    now: () => Date.now() / 1000 + state.offset,
  };
}
