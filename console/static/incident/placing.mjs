// A place as it is set by a person: found by its name, or kept under the name that callers use.
import { html } from "/npm/htm/preact/standalone.module.js";
import { command } from "../shared/api.mjs";
import { Does } from "../shared/does.mjs";
import { t } from "../shared/i18n.mjs";
import { PlaceSearch, radiusOf } from "../shared/search.mjs";
import { attempt, bestPlace, feed } from "../shared/store.mjs";

/** @param {Api.Hit} hit
 * @returns {Api.GivenLocation} */
export const fromHit = (hit) => ({
  lat: hit.lat,
  lon: hit.lon,
  radius: radiusOf(hit),
  source: "operator",
  method: "gazetteer",
  text: hit.name,
  shape: "Circle",
  at: feed.now(),
});

/** `call` is the one near to whose place is searched.
 * @param {{ call?: Api.Call, value: string, onText: (text: string) => void, onPick: (hit: Api.Hit) => void }} props */
export const AddressSearch = ({ call, value, onText, onPick }) => html`<${PlaceSearch} id="address" label=${t("address")} value=${value}
  near=${() => bestPlace(call)} onText=${onText} onPick=${onPick} />`;

/** It goes into the list of names at once; without this it is only remembered as not confirmed.
 * @param {{ said?: string, location: Api.GivenLocation | null, address: string }} props */
export function KeepName({ said, location, address }) {
  if (!said || location?.method !== "map") return null;
  return html`<${Does} class="quiet" does=${() => attempt(() => command("AddAlias", { alias: said, location, name: address }))}>${t("alias_add", { said })}</${Does}>`;
}
