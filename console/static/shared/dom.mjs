// What a page's template has, and so must be there.

/** The element of this id. Throws where the template has none.
 * @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The first element below `within` that `selector` means and that is a `kind`. Throws where there is none.
 * @template {Element} E
 * @param {new () => E} kind
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {E} */
export function one(kind, selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Puts the focus on the first element that `selector` means, if there is one.
 * @param {string} selector */
export function focusOn(selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
  return found;
}
