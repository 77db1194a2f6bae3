// The letter that stands for an agency beside its colour, so that colour is never the only sign.
export const LETTERS = { police: "P", fire: "D", health: "A", sar: "S", bpbd: "B" };
