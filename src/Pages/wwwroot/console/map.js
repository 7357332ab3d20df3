// The schematic map. It has nothing that the table has not, so it is a picture to those who cannot see it.

import { $, setAttributes, setText, svg } from '../shared/dom.js';
import { nameOf, t } from '../shared/words.js';
import { city, Districts } from './city.js';
import { isNew } from './model.js';

const place = $('#map');
const Margin = 25, LineLength = 14;

/** Names are about so much wider than they are high. */
const Wide = 4;

const LargestRadius = 58, LeastRadiusPx = 6;

/** All circles together cover at most this part of the map: of hundreds, each is small. */
const MostCovered = 0.3;

/** A name is written beside its circle only where there is room for it. */
const LabelledAtMost = 20, LabelledFromPx = 330;

/** @type {{ name: string, root: SVGSVGElement, spots: Map<string, Record<string, any>> } | null} */
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
  if (drawn?.name !== name && size[0] > 0) {
    drawn = { name, ...draw(scope, items) };
    place.classList.remove('skeleton');
    place.replaceChildren(drawn.root ?? t('console.mapNone'));
  }
  for (const item of drawn ? items : []) {
    const spot = drawn.spots.get(item.key);
    if (spot && isNew(spot, item.look)) {
      update(spot, item);
    }
  }
}

/** @param {string} scope @param {import('./overview.js').Item[]} items */
function draw(scope, items) {
  const spots = new Map();
  const districts = city.districts.filter(district => district.outline);
  const placed = items.filter(item => item.position);
  if (districts.length === 0 && placed.length === 0) {
    return { root: null, spots };
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
  for (const one of district || scope === Districts ? [] : districts) {
    const label = svg('text', { ...nameSpot(one.outline, placed, 24 * px), class: 'district', 'font-size': 12 * px });
    setText(label, nameOf(one.name));
    root.append(label);
  }
  const [largest, all] = [Math.max(...placed.map(item => item.capacity), 1), placed.reduce((sum, item) => sum + item.capacity, 1)];
  const scale = Math.min(LargestRadius / Math.sqrt(largest), Math.sqrt(MostCovered * box.width * box.height / Math.PI / all));
  const isLabelled = placed.length <= LabelledAtMost && Math.min(...size) > LabelledFromPx;
  for (const item of [...placed].sort((a, b) => b.capacity - a.capacity)) {
    const radius = Math.max(scale * Math.sqrt(item.capacity), LeastRadiusPx * px);
    const spot = makeSpot(item, radius, px, isLabelled);
    spots.set(item.key, spot);
    root.append(spot.root);
  }
  return { root, spots };
}

/** The smallest rectangle around points, with a margin. */
function boxOf(points) {
  const [x, y] = [0, 1].map(axis => Math.min(...points.map(point => point[axis])) - Margin);
  const [right, bottom] = [0, 1].map(axis => Math.max(...points.map(point => point[axis])) + Margin);
  return { x, y, width: right - x, height: bottom - y };
}

/** Where a district's name fits: in the middle of the outline, at the height that is farthest from the facilities and their names. */
function nameSpot(outline, placed, line) {
  const heights = outline.map(point => point[1]);
  const [top, bottom] = [Math.min(...heights) + line, Math.max(...heights) - line / 2];
  const spots = [0, .2, .4, .6, .8, 1].map(share => middle(outline, top + share * Math.max(bottom - top, 0)));
  const room = ({ x, y }) => Math.min(...placed.map(({ position }) => Math.hypot((position[0] - x) / Wide, position[1] + line - y)));
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best));
}

function middle(outline, y) {
  const crossed = outline
    .map((from, index) => [from, outline[(index + 1) % outline.length]])
    .filter(([from, to]) => (from[1] < y) !== (to[1] < y))
    .map(([from, to]) => from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]));
  return { x: (Math.min(...crossed) + Math.max(...crossed)) / 2, y };
}

/** @param {import('./overview.js').Item} item */
function makeSpot({ name, href, position: [x, y] }, radius, px, isLabelled) {
  const root = svg('g', { 'data-go': href, class: 'spot' });
  const title = svg('title');
  const area = svg('circle', { cx: x, cy: y, r: radius, class: 'area' });
  const taken = svg('circle', { cx: x, cy: y, r: 0, class: 'taken' });
  const mark = svg('text', { x, y, class: 'mark', 'font-size': 15 * px, dy: '.36em' });
  const label = svg('text', { class: 'label', 'font-size': 11 * px });
  const lines = isLabelled ? wrapped(nameOf(name)) : [];
  lines.forEach((line, index) => {
    const span = svg('tspan', { x, y: y + radius + (13 + index * 12) * px });
    setText(span, line);
    label.append(span);
  });
  const word = svg('text', { x, y: y + radius + (14 + lines.length * 12) * px, class: 'word', 'font-size': 12 * px });
  root.append(title, area, taken, label, word, mark);
  return { root, title, taken, word, mark, radius };
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

function update(spot, { name, capacity, look }) {
  const state = look?.state ?? 'waiting';
  setAttributes(spot.root, { 'data-state': state, class: look?.isPale ? 'spot pale' : 'spot' });
  setAttributes(spot.taken, { r: (spot.radius * Math.sqrt(look?.fullness ?? 0)).toFixed(1) });
  setText(spot.mark, look?.mark ?? '');
  setText(spot.word, look && state !== 'open' ? look.word ?? t(`console.state.${state}`) : '');
  setText(spot.title, `${nameOf(name)}: ${t('console.figures', {
    shown: look?.shown ?? t('console.unknown'), capacity: look?.message.capacity ?? capacity,
  })}`);
}
