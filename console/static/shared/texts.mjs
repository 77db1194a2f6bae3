// What is being typed into small fields, kept for what it was begun for: a field that is drawn anew, put away or shown
// for something else neither loses its words nor carries them over.
import { useState } from "/npm/htm/preact/standalone.module.js";

/** @type {Map<string, string>} */
const texts = new Map();
/** @param {string} about */
export const textOf = (about) => texts.get(about) ?? "";
/** @param {string} about @param {string} text */
export function setText(about, text) {
  if (text) texts.set(about, text);
  else texts.delete(about);
}

/** As useState(""), for `about`: a name of the field and the id of what it belongs to.
 * @param {string} about
 * @returns {[string, (text: string) => void]} */
export function useText(about) {
  const [, again] = useState(0);
  return [
    textOf(about),
    (text) => {
      setText(about, text);
      again((n) => n + 1);
    },
  ];
}
