// The schematic map. It has nothing that the table has not, so it is a picture to those who cannot see it.

import { $, setAttributes, setText, svg } from '../shared/dom.js';
import { nameOf, t } from '../shared/words.js';
import { city } from './model.js';

const place = $('#map');
const Size = 1000, Margin = 30, LabelledAtMost = 14, LineLength = 14;

/** @type {{ scope: string, root: SVGSVGElement, spots: Map<string, Record<string, any>> } | null} */
let drawn = null;

/** @param {string} scope @param {{ facility: any, look: any }[]} items */
export function paintMap(scope, items) {
  if (drawn?.scope !== scope) {
    drawn = draw(scope, items.map(({ facility }) => facility));
    place.classList.remove('skeleton');
    place.replaceChildren(drawn.root ?? t('console.mapNone'));
  }
  for (const { facility, look } of items) {
    const spot = drawn.spots.get(facility.id);
    if (spot) {
      update(spot, facility, look);
    }
  }
}

function draw(scope, facilities) {
  const spots = new Map();
  const districts = city.districts.filter(district => district.outline);
  const placed = facilities.filter(facility => facility.position);
  if (districts.length === 0 && placed.length === 0) {
    return { scope, root: null, spots };
  }
  const [kind, id] = scope.split(':');
  const district = kind === 'district' ? districts.find(one => one.id === id) : null;
  const box = boxOf(district?.outline ?? [[0, 0], [Size, Size]], district ? Margin : 0);
  const unit = box.size / Size;
  const name = district ? nameOf(district.name) : t('console.city');
  const root = svg('svg', {
    viewBox: `${box.x} ${box.y} ${box.size} ${box.size}`, role: 'img', 'aria-label': t('console.mapOf', { scope: name }),
  });
  for (const one of districts) {
    root.append(svg('polygon', { points: one.outline.map(point => point.join()).join(' '), class: one === district ? 'here' : null }));
  }
  for (const one of district ? [] : districts) {
    const [x, y] = highest(one.outline);
    const label = svg('text', { x, y: y + 48, class: 'district', 'font-size': 25 });
    setText(label, nameOf(one.name));
    root.append(label);
  }
  const largest = Math.max(...placed.map(facility => facility.capacity), 1);
  const isLabelled = placed.length <= LabelledAtMost;
  for (const facility of [...placed].sort((a, b) => b.capacity - a.capacity)) {
    const spot = makeSpot(facility, Math.max(58 * Math.sqrt(facility.capacity / largest), 11) * unit, unit, isLabelled);
    spots.set(facility.id, spot);
    root.append(spot.root);
  }
  return { scope, root, spots };
}

/** The smallest square around points, with a margin. */
function boxOf(points, margin) {
  const xs = points.map(point => point[0]), ys = points.map(point => point[1]);
  const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) + 2 * margin;
  return {
    x: (Math.min(...xs) + Math.max(...xs) - size) / 2, y: (Math.min(...ys) + Math.max(...ys) - size) / 2, size,
  };
}

/** Where a district's name fits: below the middle of its upper edge. */
function highest(outline) {
  const top = Math.min(...outline.map(point => point[1]));
  const near = outline.filter(point => point[1] < top + 100);
  return [near.reduce((sum, point) => sum + point[0], 0) / near.length, top];
}

function makeSpot(facility, radius, unit, isLabelled) {
  const [x, y] = facility.position;
  const root = svg('a', { href: `/console?facility=${encodeURIComponent(facility.id)}`, 'data-go': true, tabindex: -1, class: 'spot' });
  const title = svg('title');
  const area = svg('circle', { cx: x, cy: y, r: radius, class: 'area' });
  const taken = svg('circle', { cx: x, cy: y, r: 0, class: 'taken' });
  const mark = svg('text', { x, y, class: 'mark', 'font-size': 34 * unit, dy: '.36em' });
  const label = svg('text', { class: 'label', 'font-size': 23 * unit });
  const lines = isLabelled ? wrapped(nameOf(facility.name)) : [];
  lines.forEach((line, index) => {
    const span = svg('tspan', { x, y: y + radius + (26 + index * 25) * unit });
    setText(span, line);
    label.append(span);
  });
  const word = svg('text', { x, y: y + radius + (28 + lines.length * 25) * unit, class: 'word', 'font-size': 24 * unit });
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

function update(spot, facility, look) {
  const state = look?.state ?? 'waiting';
  setAttributes(spot.root, { 'data-state': state, class: look?.isPale ? 'spot pale' : 'spot' });
  setAttributes(spot.taken, { r: (spot.radius * Math.sqrt(look?.fullness ?? 0)).toFixed(1) });
  setText(spot.mark, look?.mark ?? '');
  setText(spot.word, look && state !== 'open' ? t(`console.state.${state}`) : '');
  setText(spot.title, `${nameOf(facility.name)}: ${t('console.figures', {
    shown: look?.shown ?? t('console.unknown'), capacity: facility.capacity,
  })}`);
}
