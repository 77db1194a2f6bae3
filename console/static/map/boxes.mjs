// Colours of the theme, and boxes of written names on the screen, in pixels.
/** @param {string} name */
export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const pen = document.createElement("canvas").getContext("2d");
/** @param {{ x: number, y: number }} p @param {string} name @param {number} weight @returns {Box} */
export function boxAt(p, name, weight) {
  if (!pen) throw new Error("this browser draws no canvas");
  pen.font = `${weight} 11px ${css("--font")}`;
  return { left: p.x - 3, right: p.x + pen.measureText(name).width + 5, top: p.y - 1, bottom: p.y + 17 };
}
/** @param {Box} a @param {Box} b */
export const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
