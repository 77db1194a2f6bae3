// Colours of the theme, and boxes of written names on the screen, in pixels.
export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const pen = document.createElement("canvas").getContext("2d");
export function boxAt(p, name, weight) {
  pen.font = `${weight} 11px ${css("--font")}`;
  return { left: p.x - 3, right: p.x + pen.measureText(name).width + 5, top: p.y - 1, bottom: p.y + 17 };
}
export const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
