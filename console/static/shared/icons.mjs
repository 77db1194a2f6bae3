// Small drawings beside words; a drawing never stands alone for its meaning.
import { html } from "/npm/htm/preact/standalone.module.js";

export const PATHS = {
  hold: "M8 5v14M16 5v14",
  resume: "M7 5l12 7-12 7z",
  mute: "M12 3a3 3 0 0 1 3 3v5M9 9v2a3 3 0 0 0 4.5 2.6M5 11a7 7 0 0 0 11 5.7M19 11a7 7 0 0 1-.6 2.8M12 18v3M4 3l16 18",
  talk: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  add: "M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2zM17 3v6M14 6h6",
  over: "M3 12h13M11 6l6 6-6 6M21 5v14",
  back: "M21 12H8M13 6l-6 6 6 6M3 5v14",
  keypad: "M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01",
  text: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  car: "M3 16v-3l2-5h12l3 5v3h-2M8 16h7M5 16a1.8 1.8 0 1 0 .01 0zM16.5 16a1.8 1.8 0 1 0 .01 0zM3 13h17",
  ghost: "M5 20V10a7 7 0 0 1 14 0v10l-2.3-2-2.4 2-2.3-2-2.3 2-2.4-2zM9.5 10h.01M14.5 10h.01",
  up: "M12 20V5M6 11l6-6 6 6",
  silent: "M3 10v4h4l5 4V6L7 10zM16 9l5 6M21 9l-5 6",
  ear: "M7 9a5 5 0 0 1 10 0c0 4-4 4-4 8a2.5 2.5 0 0 1-5 0M10 9a2 2 0 0 1 4 0",
  whisper: "M4 6h9v7H8l-4 3zM16 9c1.5 1 1.5 3 0 4M18.5 7c3 2 3 6 0 8",
  out: "M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2zM14 10l6-6M15 4h5v5",
  test: "M9 3v6l-5 9a2 2 0 0 0 2 3h12a2 2 0 0 0 2-3l-5-9V3M7 3h10M7 15h10",
  drop: "M6 6l12 12M18 6L6 18",
  ask: "M9 9a3 3 0 1 1 4 2.8c-.8.3-1 .9-1 2.2M12 18h.01",
  globe: "M12 3a9 9 0 1 0 .01 0zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
};

/** @param {{ name: keyof typeof PATHS }} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}
