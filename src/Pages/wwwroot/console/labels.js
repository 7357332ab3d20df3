// Texts beside what they name, so that none covers another.

/** A rectangle; x and y are its corner at the top left. @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** @param {Box} a @param {Box} b */
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** @param {Box} outer @param {Box} box */
const holds = (outer, box) => box.x >= outer.x && box.y >= outer.y
  && box.x + box.width <= outer.x + outer.width && box.y + box.height <= outer.y + outer.height;

/**
 * Gives each text the first of its boxes that has room; one that finds none is left out.
 * @template {Box} T
 * @param {T[][]} texts for each text its boxes, the best first; the most important text first
 * @param {Box[]} taken where no text may lie @param {Box} view what can be seen
 * @returns {(T | undefined)[]} a box for each text
 */
export function arrange(texts, taken, view) {
  const used = [...taken];
  return texts.map(boxes => {
    const found = boxes.find(box => holds(view, box) && !used.some(other => overlap(box, other)));
    if (found) {
      used.push(found);
    }
    return found;
  });
}

/** The boxes of a text of this size below, above, right and left of a circle. */
export function around({ x, y, radius }, width, height, gap) {
  const away = radius + gap;
  return [[-width / 2, away], [-width / 2, -away - height], [away, -height / 2], [-away - width, -height / 2]]
    .map(([right, down]) => ({ x: x + right, y: y + down, width, height }));
}
