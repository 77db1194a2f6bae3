// The names of places that people of this room added, and those learnt from a click that nobody has confirmed yet.
import { html, useEffect, useState } from "/npm/htm/preact/standalone.module.js";
import { command, get, problemFrom } from "../shared/api.mjs";
import { Does } from "../shared/does.mjs";
import { t } from "../shared/i18n.mjs";
import { feed, ui } from "../shared/store.mjs";

/** @type {((news: {}) => void)[]} */
let listeners = [];
/** @type {{ all: Api.LocalName[], problem: string }} */
export const added = { all: [], problem: "" };

export async function askNames() {
  try {
    Object.assign(added, { all: await get("/api/v1/places/added"), problem: "" });
  } catch (wrong) {
    added.problem = problemFrom(wrong).message;
  }
  ui.map?.names(added.all);
  for (const told of listeners) told({});
}
feed.listen(({ event, whole }) => {
  if (whole || /^PlaceAlias/.test(event?.event ?? "")) askNames();
});

/** @template {Api.CommandName} N
 * @param {N} name
 * @param {Api.FieldsOf<N>} fields */
async function act(name, fields) {
  try {
    await command(name, fields);
    await askNames();
  } catch (wrong) {
    added.problem = problemFrom(wrong).message;
    for (const told of listeners) told({});
  }
}

/** @param {Api.LocalName} name */
const confirm = ({ alias, name, lat, lon }) =>
  act("AddAlias", { alias, name, location: { lat, lon, method: "map", radius: 25, shape: "Circle" } });

/** @param {{ acts: boolean }} props */
export function Names({ acts }) {
  const [, again] = useState({});
  useEffect(() => {
    listeners.push(again);
    return () => {
      listeners = listeners.filter((one) => one !== again);
    };
  }, []);
  const sorted = [...added.all].sort((a, b) => Number(b.learnt) - Number(a.learnt));
  return html`<div class="names">${added.problem && html`<p class="problem" role="alert">${added.problem}</p>`}<p class="soft">${t(sorted.length ? "names.how" : "names.none")}</p>
    <ul class="rows">${sorted.map(
      (one) => html`<li key=${one.alias}>
        <div class="grow"><strong translate=${false}>${one.alias}</strong> ${one.learnt && html`<span class="chip warn">${t("place_kind.learnt")}</span>`}
      <p class="soft" translate=${false}>${one.name || `${one.lat.toFixed(5)}, ${one.lon.toFixed(5)}`}</p></div>
      ${acts && one.learnt && html`<${Does} does=${() => confirm(one)}>${t("names.confirm")}</${Does}>`}
      ${acts && html`<${Does} class="quiet" aria-label=${t("names.remove", { name: one.alias })} does=${() => act("RemoveAlias", { alias: one.alias })}>${t("remove")}</${Does}>`}</li>`,
    )}</ul></div>`;
}
