// The schematic map. It has nothing that the table has not, so it is a picture to those who cannot see it.

import { $, setAttributes, setText, svg } from '../shared/dom.js';
import { nameOf, t } from '../shared/words.js';
import { city, Districts } from './city.js';
import { arrange, around } from './labels.js';
import { figuresOf, isNew } from './model.js';

const place = $('#map');
const Margin = 25, LineLength = 14;

const LargestRadius = 58, LeastRadiusPx = 6;

/** All circles together cover at most this part of the map: of hundreds, each is small. */
const MostCovered = 0.3;

/** Beside its circle stands what is wrong, if there is room, and of so many facilities the name. */
const NamedAtMost = 20;

/** Heights of lines, and the free space around a circle, in pixels of the screen. */
const NameLine = 13, WordLine = 15, MarkRadius = 8, Gap = 2;

/** Where in its outline a district's name may stand: shares of the height, the best first. */
const NameHeights = [0, 1, .85, .15, .7, .3, .5];

/** @type {{ name: string, root: SVGSVGElement, spots: Map<string, Record<string, any>>, settle(): void } | null} */
let drawn = null;

let size = [0, 0];

/** Draws the map again when its place changes its size: texts are as large as everywhere. @param {() => void} repaint */
export function wireMap(repaint) {
  new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (width !== size[0] || height !== size[1]) {
      size = [width, height];
      drawn = null;
      repaint();
    }
  }).observe(place);
}

/** @param {string} scope @param {import('./overview.js').Item[]} items */
export function paintMap(scope, items) {
  const name = `${scope} ${items.map(({ capacity }) => capacity)}`;
  let isMoved = false;
  if (drawn?.name !== name && size[0] > 0) {
    drawn = { name, ...draw(scope, items) };
    place.classList.remove('skeleton');
    place.replaceChildren(drawn.root ?? t('console.mapNone'));
    isMoved = true;
  }
  for (const item of drawn ? items : []) {
    const spot = drawn.spots.get(item.key);
    if (spot && isNew(spot, item.look)) {
      isMoved = update(spot, item) || isMoved;
    }
  }
  if (isMoved) {
    drawn.settle();
  }
}

/** @param {string} scope @param {import('./overview.js').Item[]} items */
function draw(scope, items) {
  const spots = new Map();
  const districts = city.districts.filter(district => district.outline);
  const placed = items.filter(item => item.position);
  if (districts.length === 0 && placed.length === 0) {
    return { root: null, spots, settle() {} };
  }
  const [kind, id] = scope.split(':');
  const district = kind === 'district' ? districts.find(one => one.id === id) : null;
  const box = boxOf([...(district ? [district] : districts).flatMap(one => one.outline), ...placed.map(one => one.position)]);
  const px = Math.max(box.width / size[0], box.height / size[1]);
  const name = kind === 'facility' ? nameOf(items[0].name) : district ? nameOf(district.name) : t('console.city');
  const root = svg('svg', {
    viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, role: 'img', 'aria-label': t('console.mapOf', { scope: name }),
  });
  for (const one of districts) {
    root.append(svg('polygon', { points: one.outline.map(point => point.join()).join(' '), class: one === district ? 'here' : null }));
  }
  const names = (district || scope === Districts ? [] : districts).map(one => {
    const label = svg('text', { class: 'district', 'font-size': 12 * px });
    setText(label, nameOf(one.name));
    root.append(label);
    return { label, outline: one.outline };
  });
  const [largest, all] = [Math.max(...placed.map(item => item.capacity), 1), placed.reduce((sum, item) => sum + item.capacity, 1)];
  const scale = Math.min(LargestRadius / Math.sqrt(largest), Math.sqrt(MostCovered * box.width * box.height / Math.PI / all));
  for (const item of [...placed].sort((a, b) => b.capacity - a.capacity)) {
    const radius = Math.max(scale * Math.sqrt(item.capacity), LeastRadiusPx * px);
    const spot = makeSpot(item, radius, px, placed.length <= NamedAtMost);
    spots.set(item.key, spot);
    root.append(spot.root);
  }
  return { root, spots, settle: () => settle([...spots.values()], names, box, px) };
}

/**
 * Finds room for the texts: first for what is wrong, then for names of facilities, largest first, then for names of districts.
 * What finds none is in the table, and in the circle's title.
 */
function settle(spots, names, view, px) {
  const circles = spots.map(({ x, y, radius }) => {
    const half = Math.max(radius, MarkRadius * px);
    return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
  });
  const ordered = [...spots.filter(isWrong), ...spots.filter(spot => !isWrong(spot))];
  const wishes = ordered.map(spot => {
    const { width, height: lines } = sizeOf(spot.label, spot.lines * NameLine * px);
    const word = isWrong(spot) ? sizeOf(spot.word, WordLine * px) : { width: 0, height: 0 };
    const circle = { ...spot, radius: Math.max(spot.radius, MarkRadius * px) };
    const boxes = (isNamed, wide) => around(circle, wide, (isNamed ? lines : 0) + word.height, Gap * px)
      .map(box => ({ ...box, isNamed }));
    return [...lines > 0 ? boxes(true, Math.max(width, word.width)) : [], ...word.width > 0 ? boxes(false, word.width) : []];
  });
  const districts = names.map(({ label, outline }) => {
    const { width, height } = sizeOf(label, WordLine * px);
    return NameHeights.map(share => nameBox(outline, share, width, height));
  });
  const found = arrange([...wishes, ...districts], circles, view);
  ordered.forEach(({ label, word, lines }, index) => {
    const box = found[index];
    moveTo(label, box?.isNamed ? box : null, 10 * px);
    moveTo(word, box ?? null, ((box?.isNamed ? lines * NameLine : 0) + 12) * px);
  });
  names.forEach(({ label }, index) => moveTo(label, found[ordered.length + index] ?? null, 12 * px));
}

const isWrong = ({ word }) => word.textContent !== '';

const sizeOf = (text, height) => ({ width: text.getBBox().width, height });

/** Shows a text in the middle of a box, its first line so far down; or not at all. */
const moveTo = (text, box, down) => setAttributes(text, {
  visibility: box ? null : 'hidden', transform: box ? `translate(${box.x + box.width / 2} ${box.y + down})` : null,
});

/** The smallest rectangle around points, with a margin. */
function boxOf(points) {
  const [x, y] = [0, 1].map(axis => Math.min(...points.map(point => point[axis])) - Margin);
  const [right, bottom] = [0, 1].map(axis => Math.max(...points.map(point => point[axis])) + Margin);
  return { x, y, width: right - x, height: bottom - y };
}

/** The box of a district's name at this share of the outline's height, in the middle of its width there. */
function nameBox(outline, share, width, height) {
  const heights = outline.map(point => point[1]);
  const [top, bottom] = [Math.min(...heights) + height, Math.max(...heights) - height];
  const y = top + share * Math.max(bottom - top, 0);
  const crossed = outline
    .map((from, index) => [from, outline[(index + 1) % outline.length]])
    .filter(([from, to]) => (from[1] < y) !== (to[1] < y))
    .map(([from, to]) => from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]));
  return { x: (Math.min(...crossed) + Math.max(...crossed) - width) / 2, y: y - height / 2, width, height };
}

/** @param {import('./overview.js').Item} item */
function makeSpot({ name, href, position: [x, y] }, radius, px, isNamed) {
  const root = svg('g', { 'data-go': href, class: 'spot' });
  const title = svg('title');
  const area = svg('circle', { cx: x, cy: y, r: radius, class: 'area' });
  const taken = svg('circle', { cx: x, cy: y, r: 0, class: 'taken' });
  const mark = svg('text', { x, y, class: 'mark', 'font-size': 15 * px, dy: '.36em' });
  const label = svg('text', { class: 'label', 'font-size': 11 * px });
  const lines = isNamed ? wrapped(nameOf(name)) : [];
  lines.forEach((line, index) => {
    const span = svg('tspan', { x: 0, y: index * NameLine * px });
    setText(span, line);
    label.append(span);
  });
  const word = svg('text', { class: 'word', 'font-size': 12 * px });
  root.append(title, area, taken, label, word, mark);
  return { root, title, taken, label, word, mark, x, y, radius, lines: lines.length };
}

/** A name in lines: at spaces, or in halves where it has none. */
function wrapped(name) {
  const words = name.includes(' ') ? name.split(' ') : [name];
  const lines = [''];
  for (const word of words) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= LineLength) {
      lines.push(word);
    } else {
      lines[last] = `${lines[last]} ${word}`.trim();
    }
  }
  return lines;
}

/** @returns {boolean} whether its texts need another place */
function update(spot, item) {
  const { look } = item;
  const state = look?.state ?? 'waiting';
  const word = look && state !== 'open' ? look.word ?? t(`console.state.${state}`) : '';
  const isMoved = word !== spot.word.textContent;
  setAttributes(spot.root, { 'data-state': state, class: look?.isPale ? 'spot pale' : 'spot' });
  setAttributes(spot.taken, { r: (spot.radius * Math.sqrt(look?.fullness ?? 0)).toFixed(1) });
  setText(spot.mark, look?.mark ?? '');
  setText(spot.word, word);
  setText(spot.title, `${nameOf(item.name)}: ${figuresOf(item)}`);
  return isMoved;
}
