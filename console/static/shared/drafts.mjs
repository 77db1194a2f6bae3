// What is being written and not sent: for each call its own form, for each incident a line, for each caller who writes
// an answer (dispatch/drafting/draft.py). It is here at once and in the room within half a second, so it is found again in any
// window, after a reload and after a crash. Words that the room does not have yet stand in this tab's own store as well,
// which a reload keeps and which is gone with the tab: desks are shared. Feed messages never replace what is typed.
import { ask, newKey, post, problemFrom } from "./api.mjs";
import { page } from "./i18n.mjs";
import { NOTHING, full, leftOver, merged, same, without } from "./merging.mjs";
import { feed, redraw, ui } from "./store.mjs";

const EVERY = 400; // ms from a letter to the room
const AGAIN = 2000; // ms after it could not be kept
const WITHIN = 6; // s
const STORE = `drafts.${page.name}`;
/** @type {Map<string, Draft>} */
const all = new Map(); // by id
/** @type {Map<string, string>} */
const opened = new Map(); // id of a draft → the incident that it became

/** @param {Api.GivenAbout} about */
const idOf = ({ kind, call, incident, own }) =>
  kind === "note" ? `note.${incident}.${page.name}` : call ? `${kind}.${call}` : `form.${page.name}.${own}`;

/** @param {Api.GivenAbout} about */
export const find = (about) => all.get(idOf(about));
/** @param {string | undefined} id */
export const byId = (id) => all.get(id ?? "");
/** @param {Draft} draft */
const blank = (draft) => same(draft.words, NOTHING);
/** `known`: the words that the room has, `sent`: those that it was given last; `told`: those of its command, `tried`:
 * the answer that went first under this key, and `sending`: since when it is under way.
 * @type {Omit<Draft, "id" | "about" | "key" | "words" | "user" | "began" | "caller">} */
const FRESH = {
  known: null,
  sent: null,
  told: null,
  tried: "",
  rev: 0,
  incident: "",
  discarded: 0,
  touched: false,
  kept: 0,
  trouble: "",
  sending: 0,
  busy: false,
  timer: null,
};

/** The draft for `about`, begun with `words` when there is none.
 * @param {Api.GivenAbout} about
 * @param {Api.GivenDraftWords} words */
export function begin(about, words = {}) {
  const id = idOf(about);
  const draft = all.get(id) ?? {
    ...FRESH,
    id,
    about,
    key: newKey(),
    words: full(words),
    user: page.name,
    began: feed.wall(),
    caller: feed.board.calls[about.call ?? ""]?.caller ?? "",
  };
  all.set(id, draft);
  return draft;
}

/** Somebody typed or chose something.
 * @param {Draft} draft @param {Partial<FullWords>} words */
export function change(draft, words) {
  draft.words = { ...draft.words, ...words };
  draft.touched = true;
  remember();
  plan(draft, EVERY);
  redraw();
}

/** Kept when it has words of somebody; what the page filled in by itself is worth nothing.
 * @param {Draft} draft */
export const worth = (draft) => (draft.touched || draft.rev > 0) && !blank(draft);
/** Whether the room does not have all of it yet.
 * @param {Draft} draft */
export const dirty = (draft) => draft.touched && !same(draft.words, draft.known);

// -- to the room
/** @param {Draft} draft @param {number} ms */
function plan(draft, ms) {
  draft.timer ??= setTimeout(() => {
    draft.timer = null;
    keep(draft);
  }, ms); // not anew with each letter: it would wait for the last
}

/** Sends what is not in the room yet.
 * @param {Draft} draft */
export async function keep(draft) {
  if (draft.busy || all.get(draft.id) !== draft || !dirty(draft)) return;
  const words = draft.words;
  Object.assign(draft, { busy: true, sent: words });
  try {
    const body = { about: draft.about, key: draft.key, words: packed(words), base: draft.rev };
    const { draft: there, taken } = await post("/api/v1/drafts", body, { within: WITHIN });
    draft.trouble = "";
    draft.kept = feed.wall();
    if (taken) Object.assign(draft, { known: words, rev: there ? there.rev : 0 });
    else if (there) meet(draft, there);
    else ended(draft);
  } catch (wrong) {
    draft.trouble = problemFrom(wrong).message;
  }
  draft.busy = false;
  if (draft.waits && all.get(draft.id) === draft) meet(draft, draft.waits);
  draft.waits = null;
  if (all.get(draft.id) === draft && dirty(draft)) plan(draft, draft.trouble ? AGAIN : 0);
  remember();
  redraw();
}

/** The same, waiting for it at most `ms`.
 * @param {Draft} draft */
export async function flush(draft, ms = 1500) {
  const until = performance.now() + ms;
  while ((dirty(draft) || draft.busy) && performance.now() < until) {
    keep(draft);
    await new Promise((go) => setTimeout(go, draft.trouble ? 500 : 50)); // what fails at once is not asked without a pause
  }
}

/** @param {FullWords} words @returns {Api.GivenDraftWords} */
const packed = (words) =>
  Object.fromEntries(Object.entries(words).filter(([name, value]) => value !== NOTHING[/** @type {keyof FullWords} */ (name)]));

// -- from the room
/** @param {Draft} draft @param {Api.Draft} there */
function meet(draft, there) {
  if (there.key === draft.key && there.rev <= draft.rev) return;
  if (draft.busy) {
    draft.waits = there;
    return;
  }
  const theirs = full(there.words),
    { key, rev, user, began, caller, incident, discarded } = there;
  // What was told and not answered has arrived all the same: nothing of it is somebody else's.
  if (key !== draft.key && draft.told) draft.words = leftOver(draft.told, draft.words, theirs);
  else if (!same(theirs, draft.sent)) draft.words = draft.touched ? merged(full(draft.known), draft.words, theirs) : theirs;
  if (key !== draft.key) Object.assign(draft, { sending: 0, told: null, tried: "" });
  Object.assign(draft, { known: theirs, key, rev, user, began, caller, incident, discarded });
  if (dirty(draft)) plan(draft, EVERY);
}

/** @param {Api.Draft} there */
function found(there) {
  const { id, about, key, user, began, caller } = there;
  const draft = all.get(id) ?? { ...FRESH, id, about, key, words: full(there.words), user, began, caller };
  all.set(id, draft);
  meet(draft, there);
}

/** It became an incident or was thrown away, perhaps by another window: what was typed since is kept apart. The feed
 * and the answer to a late `keep` may both tell it.
 * @param {Draft} draft */
function ended(draft) {
  if (all.get(draft.id) !== draft) return;
  all.delete(draft.id);
  const incident = opened.get(draft.id) ?? feed.board.calls[draft.about.call ?? ""]?.incident ?? draft.incident;
  const rest = without(draft.words.note, (draft.told ?? draft.known ?? NOTHING).note);
  const kind = draft.about.kind;
  if (draft.touched && rest) {
    const next =
      kind === "answer" ? begin(draft.about) : incident ? begin({ kind: "note", incident }) : begin({ kind: "form", own: newKey() });
    change(next, { note: [next.words.note, rest].filter(Boolean).join("\n") });
  }
  if (ui.form === draft.id) show("", incident ? { incident } : {});
}

/** Its words are in the journal. Where the room never had it, nothing will come to say so.
 * @param {Draft} draft */
export function done(draft) {
  if (!draft.rev && !draft.busy) ended(draft);
}

feed.listen(({ event, drafts }) => {
  if (event?.event === "IncidentOpened" && event.draft) opened.set(event.draft, event.incident);
  if (!drafts) return;
  for (const [id, there] of Object.entries(drafts.drafts)) {
    const here = all.get(id);
    if (there) found(there);
    else if (here) ended(here);
  }
  if (drafts.all)
    for (const draft of [...all.values()]) {
      if (!(draft.id in drafts.drafts) && draft.rev > 0) ended(draft);
      else if (dirty(draft)) plan(draft, 0);
    }
  redraw();
});

// -- by people
/** Shows this form ("" puts the one that is open aside: it stays in the list of drafts).
 * @param {string} id
 * @param {Partial<Ui>} look */
export function show(id, look = {}) {
  const before = all.get(ui.form);
  if (before && before.id !== id && !worth(before)) all.delete(before.id);
  Object.assign(ui, { form: id, ...look });
  if (id) sessionStorage.setItem("form", id);
  else sessionStorage.removeItem("form");
  redraw();
}

export const shownForm = () => all.get(ui.form);

/** Throws it away; it can be put back for ten minutes. Rejects when the room cannot note it.
 * @param {Draft} draft */
export async function discard(draft) {
  if (!worth(draft)) {
    all.delete(draft.id);
    show("");
    return;
  }
  await flush(draft, 1000 * WITHIN);
  if (draft.rev) await ask("DELETE", `/api/v1/drafts?id=${encodeURIComponent(draft.id)}`);
  else throw new Error(draft.trouble);
}

/** @param {Draft} draft */
export async function restore(draft) {
  const { draft: there } = await post(`/api/v1/drafts/restore?id=${encodeURIComponent(draft.id)}`, {});
  found(there);
  if (there.about.kind === "form") show(there.id);
}

/** Takes words off that were sent in another way than with the draft's id; what was typed since goes on as a new draft.
 * @param {Draft} draft @param {string} text */
export async function sentAs(draft, text) {
  await flush(draft, 1000 * WITHIN);
  const rest = without(draft.words.note, text);
  all.delete(draft.id);
  clearTimeout(draft.timer ?? undefined);
  if (draft.rev)
    await post("/api/v1/drafts", { about: draft.about, key: draft.key, words: {}, base: draft.rev }, { within: WITHIN }).catch(() => {});
  if (rest) {
    const next = begin(draft.about); // perhaps begun already, while the room was told
    change(next, { note: [rest, next.words.note].filter(Boolean).join(" ") });
  }
  remember();
  redraw();
}

/** Those that wait, the oldest first, with those thrown away that can be put back. */
export const waiting = () => [...all.values()].filter((draft) => worth(draft) || draft.discarded).sort((a, b) => a.began - b.began);

// -- across a reload
const KEPT = /** @type {const} */ (["id", "about", "key", "words", "known", "rev", "user", "began", "caller", "incident"]);

function remember() {
  const left = [...all.values()].filter(dirty);
  if (left.length)
    sessionStorage.setItem(STORE, JSON.stringify(left.map((draft) => Object.fromEntries(KEPT.map((name) => [name, draft[name]])))));
  else sessionStorage.removeItem(STORE);
}

for (const one of JSON.parse(sessionStorage.getItem(STORE) ?? "[]")) {
  all.set(one.id, { ...FRESH, ...one, touched: true });
}
ui.form = sessionStorage.getItem("form") ?? "";
