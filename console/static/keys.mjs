// The list of keys that the console answers to. F1, F5, F11, F12 and the Ctrl keys belong to the browser.
import { html, useEffect, useRef } from "/npm/htm/preact/standalone.module.js";
import { t } from "./shared/i18n.mjs";

const KEYS = [
  ["F2", "key.F2"],
  ["F3", "key.F3"],
  ["F4", "key.F4"],
  ["Enter", "key.Enter"],
  ["F6", "key.F6"],
  ["F7", "key.F7"],
  ["F8", "key.F8"],
  ["F9", "key.F9"],
  ["F10", "key.F10"],
  ["Alt N", "key.drafts"],
  ["Alt P", "key.prompt"],
  ["Alt K", "key.keypad"],
  ["Alt T", "write_answer"],
  ["Alt V", "key.vehicle"],
  ["Alt B", "key.back"],
  ["Alt A", "key.take"],
  ["Alt L", "key.layers"],
  ["Alt M", "key.list"],
  ["Alt J", "key.closing"],
  ["1–5", "disposition"],
  ["Esc", "key.Esc"],
  ["?", "key.help"],
];

/** @param {{ onClose: () => void }} props */
export function Keys({ onClose }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return html`<dialog ref=${box} class="card keys" onClose=${onClose} aria-label=${t("keys")}><h2>${t("keys")}</h2>
    <dl>${KEYS.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${t(text)}</dd>`)}</dl>
    <form method="dialog"><button class="primary">${t("close")}</button></form></dialog>`;
}
