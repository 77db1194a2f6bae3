// Keeps a fault in one part of the page from blanking the rest, and says what to do about it.
import { html, useErrorBoundary } from "/npm/htm/preact/standalone.module.js";
import { t } from "./i18n.mjs";

/** `name` of the part as people know it, a text.
 * @param {{ name: Api.Text, children?: Children }} props */
export function Guard({ name, children }) {
  const [wrong, again] = useErrorBoundary((error) => console.error(error));
  if (!wrong) return children;
  return html`<section class="card fault" role="alert"><p><strong>${t("fault", { name })}</strong></p>
    <p>${t("fault_do")}</p><p class="soft" translate=${false}>${String(wrong.message ?? wrong).slice(0, 200)}</p>
    <div class="row"><button class="primary" onClick=${again}>${t("fault_again")}</button><button onClick=${() => location.reload()}>${t("fault_reload")}</button></div></section>`;
}
