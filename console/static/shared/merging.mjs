// Two versions of the words of a draft that both come of a third, made into one without dropping any.
const FIELDS = /** @type {const} */ (["type", "address", "note", "said"]);
/** @type {Readonly<FullWords>} */
export const NOTHING = Object.freeze({ type: "", address: "", note: "", said: "", location: null });

/** @param {Spot | null} place */
const spot = (place) => (place ? `${place.lat.toFixed(6)},${place.lon.toFixed(6)}` : "");
/** @param {Spot | null} a @param {Spot | null} b */
const samePlace = (a, b) => spot(a) === spot(b);

/** Whether two sets of words say the same; null says nothing.
 * @param {FullWords | null} a @param {FullWords | null} b */
export const same = (a, b) =>
  FIELDS.every((name) => (a ?? NOTHING)[name] === (b ?? NOTHING)[name]) && samePlace((a ?? NOTHING).location, (b ?? NOTHING).location);
/** @param {Api.GivenDraftWords | null} words @returns {FullWords} */
export const full = (words) => ({ ...NOTHING, ...words });

/** @param {string} base @param {string} mine @param {string} theirs */
function note(base, mine, theirs) {
  if (mine === base || mine === theirs) return theirs;
  if (theirs === base) return mine;
  if (mine.startsWith(base)) return (theirs + mine.slice(base.length)).trimStart();
  if (theirs.startsWith(base)) return mine + theirs.slice(base.length);
  return `${theirs}\n${mine}`;
}

/** `text` without what was told of it already, as left_of of dispatch/drafting/draft.py.
 * @param {string} text @param {string} told */
export const without = (text, told) => (text.startsWith(told) ? text.slice(told.length).trim() : text);

/** What is left on either side of words that were told: neither is dropped, and none stands twice.
 * @param {FullWords} told @param {FullWords} mine @param {FullWords} theirs */
export function leftOver(told, mine, theirs) {
  const made = merged(told, mine, theirs),
    rest = without(mine.note, told.note);
  made.note = rest.startsWith(theirs.note) ? rest : theirs.note.startsWith(rest) ? theirs.note : `${theirs.note}\n${rest}`;
  return made;
}

/** What was changed on either side since `base`; where both changed one field, mine, and of notes both.
 * @param {FullWords} base @param {FullWords} mine @param {FullWords} theirs */
export function merged(base, mine, theirs) {
  const made = { ...theirs };
  for (const name of /** @type {const} */ (["type", "address", "said"])) if (mine[name] !== base[name]) made[name] = mine[name];
  if (!samePlace(mine.location, base.location)) made.location = mine.location;
  made.note = note(base.note, mine.note, theirs.note);
  return made;
}
