// A field that finds one thing of a list by number, by words or with the arrow keys.
import { html, useState } from "/npm/htm/preact/standalone.module.js";
import { t } from "./i18n.mjs";

const ROWS = 9;
/** How far a key goes down the list.
 * @type {Record<string, number>} */
export const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Those of `items` {id, name} that `text` means: its number counted from 1, or all words somewhere in the name.
 * @template {{ id: string, name: string }} I
 * @param {I[]} items
 * @param {string} text */
export function meant(items, text) {
  const asked = text.trim().toLowerCase();
  const numbered = items.map((item, n) => ({ ...item, n: n + 1 }));
  if (/^\d+$/.test(asked)) return numbered.filter((item) => String(item.n).startsWith(asked)).sort((a, b) => a.n - b.n);
  const words = asked.split(/\s+/).filter(Boolean);
  return numbered.filter((item) => words.every((word) => item.name.toLowerCase().includes(word)));
}

/** A combobox over `items`; `value` is the id chosen, `onPick(id)` is told another. Enter or Tab takes the marked row.
 * @param {{ id: string, label: string, items: { id: string, name: string }[], value: string, onPick: (id: string) => void }} props */
export function Choice({ id, label, items, value, onPick }) {
  const [text, setText] = useState(/** @type {string | null} */ (null)); // null: nobody is typing, the chosen name is shown
  const [at, setAt] = useState(0);
  const open = text !== null;
  const found = open ? meant(items, text) : [];
  const first = Math.max(0, Math.min(at - ROWS + 1, found.length - ROWS));
  const rows = found.slice(first, first + ROWS);
  const pick = (/** @type {{ id: string } | undefined} */ item) => {
    setText(null);
    if (item) onPick(item.id);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      if (open) setAt((at + step + found.length) % Math.max(1, found.length));
      else {
        setText("");
        setAt(0);
      }
    } else if (open && event.key === "Enter") {
      event.preventDefault();
      pick(found[at]);
    } else if (open && event.key === "Tab") {
      if (text) pick(found[at]);
      else setText(null);
      if (document.activeElement !== event.target) event.preventDefault(); // the pick moved on by itself
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      setText(null);
    }
  };
  return html`<div class="choice"><label for=${id}>${label}</label>
    <input id=${id} autocomplete="off" role="combobox" aria-expanded=${open} aria-controls="${id}-list" aria-autocomplete="list"
      aria-activedescendant=${open && found[at] ? `${id}-${found[at].id}` : undefined}
      placeholder=${t("type_hint")} value=${text ?? items.find((item) => item.id === value)?.name ?? ""}
      onFocus=${(event) => event.target.select()} onClick=${() => {
        if (!open) {
          setText("");
          setAt(0);
        }
      }}
      onInput=${(event) => {
        setText(event.target.value);
        setAt(0);
      }} onKeyDown=${key} onBlur=${() => setText(null)} />
    <ul id="${id}-list" class="hits" role="listbox" aria-label=${label}>${rows.map(
      (item) => html`<li key=${item.id} id="${id}-${item.id}" role="option"
      aria-selected=${item === found[at]} class=${item === found[at] ? "chosen" : ""}
      onMouseDown=${(event) => {
        event.preventDefault();
        pick(item);
      }}><span class="num soft">${item.n}</span> <span translate=${false}>${item.name}</span></li>`,
    )}
      ${open && !rows.length && html`<li role="option" aria-selected="false" aria-disabled="true">${t("no_match")}</li>`}</ul></div>`;
}
