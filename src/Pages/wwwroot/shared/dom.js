// Small helpers for the document. Texts go in as text, never as markup.

/** The first element of a selector. @param {string} selector @param {ParentNode} [root] @returns {any} */
export const $ = (selector, root = document) => root.querySelector(selector);

/**
 * A copy of the first element of a template, and its parts: the elements with `data-part`, by that name.
 * @param {string} id @returns {{ root: any, part: Record<string, any> }}
 */
export function clone(id) {
  const root = document.getElementById(id).content.firstElementChild.cloneNode(true);
  return { root, part: partsOf(root) };
}

/** The elements with `data-part` in an element, by that name. @param {Element} root @returns {Record<string, any>} */
export function partsOf(root) {
  const part = {};
  for (const node of root.querySelectorAll('[data-part]')) {
    part[node.dataset.part] = node;
  }
  return part;
}

/** Disables all elements of a selector, or enables them. @param {string} selector @param {boolean} isDisabled */
export function disable(selector, isDisabled) {
  for (const node of document.querySelectorAll(selector)) {
    node.disabled = isDisabled;
  }
}

/** Sets a text; touches the document only if it changes. @param {Node} node @param {unknown} value */
export function setText(node, value) {
  const text = String(value ?? '');
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * Sets attributes that have changed; null or false removes one, true makes it empty.
 * @param {Element} node @param {Record<string, unknown>} values
 */
export function setAttributes(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === false) {
      node.removeAttribute(name);
    } else if (node.getAttribute(name) !== String(value === true ? '' : value)) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

/** A new SVG element. @param {string} name @param {Record<string, unknown>} [attributes] @returns {any} */
export function svg(name, attributes = {}) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAttributes(node, attributes);
  return node;
}

/**
 * Keeps the children of an element equal to a list: makes what is new, updates what stays, moves only what is out of place, and removes
 * what is gone. The focus stays where it is.
 * @template T
 * @param {Element} parent @param {T[]} items @param {(item: T) => string} keyOf
 * @param {(item: T) => { root: any, part: Record<string, any> }} make
 * @param {(piece: { root: any, part: Record<string, any> }, item: T) => void} [update]
 */
export function setList(parent, items, keyOf, make, update) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const known = lists.get(parent) ?? new Map();
  const now = new Map();
  const wanted = new Set(items.map(keyOf));
  for (const [key, piece] of known) {
    if (!wanted.has(key)) {
      piece.root.remove();
    }
  }
  let next = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const piece = known.get(key) ?? make(item);
    update?.(piece, item);
    now.set(key, piece);
    if (next && next.nextElementSibling === piece.root) {
      // It is the one before that is out of place: to move it is one step, to move all behind it would be many.
      next.remove();
      next = piece.root;
    }
    if (piece.root === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(piece.root, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
  lists.set(parent, now);
  if (focused && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
  }
}

/** @type {WeakMap<Element, Map<string, { root: any, part: Record<string, any> }>>} */
const lists = new WeakMap();
