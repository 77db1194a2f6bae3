/** The letter that stands for an agency beside its colour, so that colour is never the only sign.
 * A neighbour's have the neighbour's.
 * @param {string} agency */
export const letterOf = (agency, centre = "") => LETTERS[agency] ?? (centre[0]?.toUpperCase() || "?");
/** @type {Record<string, string>} */
export const LETTERS = { police: "P", fire: "D", health: "A", sar: "S", bpbd: "B" };
