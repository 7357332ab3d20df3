// Moving the focus along rows, lanes or links by the keys J and K.

/**
 * Focuses the next or the previous of some elements; the first or the last if none of them has the focus.
 * @param {Iterable<Element>} elements @param {1 | -1} step
 */
export function moveAlong(elements, step) {
  const all = /** @type {HTMLElement[]} */ ([...elements]);
  const at = all.findIndex(one => one.contains(document.activeElement));
  all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}
