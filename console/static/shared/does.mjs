// A button that asks the room for something: it says that it is being sent, and why it cannot be.
import { html, useEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { t } from "./i18n.mjs";
import { feed } from "./store.mjs";

const AT_ONCE = 400; // ms that nobody waits for
const LONG = 2; // s after which the time is told

/** For `aria-disabled` of what asks the room: without the keyboard's focus being lost, as it is by `disabled`. */
export const silent = () => (feed.connected ? undefined : "true");

/** "sending…", and for how long when that takes long.
 * @param {{ since: number }} props */
export function Sending({ since }) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), AT_ONCE);
    return () => clearInterval(timer);
  }, []);
  const ms = performance.now() - since;
  if (ms < AT_ONCE) return null;
  return html` <span class="sending num">${t(ms < LONG * 1000 ? "sending" : "sending_for", { s: Math.floor(ms / 1000) })}</span>`;
}

/** As a button; `does()` gives the promise of an answer. Pressed while the room is silent it says why it does nothing, by
 * command() of api.mjs.
 * @param {{ does: () => unknown, disabled?: boolean, title?: string, children?: Children }} props */
export function Does({ does, disabled = false, title, children, ...rest }) {
  const [since, setSince] = useState(0);
  const press = async () => {
    if (since) return;
    setSince(performance.now());
    try {
      await does();
    } finally {
      setSince(0);
    }
  };
  return html`<button type="button" ...${rest} disabled=${disabled} aria-disabled=${silent()} title=${silent() ? t("room_silent_do") : title} aria-busy=${since ? "true" : undefined} onClick=${press}>${children}${since > 0 && html`<${Sending} since=${since} />`}</button>`;
}
