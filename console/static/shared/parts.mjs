// Words and data beside each other. Each text of the catalogue stands in an element of its own, so that no sentence is made
// of pieces; what is the same in every language (names, numbers, ids) stands in one with translate="no".
import { html } from "/npm/htm/preact/standalone.module.js";
import { say } from "./i18n.mjs";

/** @param {{ children?: Children }} props */
export const Data = ({ children, ...rest }) => html`<span translate=${false} ...${rest}>${children}</span>`;

/** What there is of `of`, with a dot between: texts, and data as <${Data}>.
 * @param {{ of: Children[] }} props */
export const Dotted = ({ of }) => of.filter(Boolean).map((one, n) => html`${n > 0 && " · "}<span key=${n}>${one}</span>`);

/** Whole sentences, one after the other.
 * @param {{ of: Api.Text[] }} props */
export const Sentences = ({ of }) => of.map((one, n) => html`${n > 0 && " "}<span key=${n}>${say(one)}</span>`);
