// The table of facilities, or of districts: trouble first, then fullness.

import { $, clone, setAttributes, setList, setText } from '../shared/dom.js';
import { language, nameOf, t, wordFor } from '../shared/words.js';
import { city, Districts, facilitiesOf, isFetched } from './city.js';
import { paintMap, wireMap } from './map.js';
import { figuresOf, inDigits, isNew, lookAt } from './model.js';
import { moveAlong } from './rows.js';

const rows = $('#rows'), find = $('#find'), panel = $('#facilities');
const WaitingRows = 8;

/** Fullness counts in twentieths, so that a single vehicle does not make rows change places. */
const Steps = 20;

/** Rows keep their places for so long after a person has moved the pointer or the focus among them. */
const HeldFor = 5_000;

let order = [];
let orderOf = '';
let touchedAt = -Infinity;

const isHeld = () => performance.now() - touchedAt < HeldFor;

/** Rows that wait for figures: never zeros. */
export function paintWaiting() {
  setList(rows, Array.from({ length: WaitingRows }, (_, index) => index), index => `waiting ${index}`, () => clone('waiting-template'));
}

/**
 * What a row shows, and a spot on the map.
 * @typedef {{ key: string, name: import('./city.js').Names, below: string, href: string, capacity: number, position?: number[],
 *   look: any }} Item
 */

/** The rows of districts, where a large city has them; null elsewhere. @type {typeof import('./districts.js') | null} */
let districts = null;

/** Large cities show their districts first. @param {typeof import('./districts.js')} module */
export const useDistricts = module => { districts = module; };

/** @param {import('./city.js').Facility} facility @returns {Item} */
export const itemOf = facility => ({
  key: facility.id,
  name: facility.name,
  below: nameOf(city.districts.find(({ id }) => id === facility.district)?.name ?? { zh: '', en: '' }),
  href: `/console?facility=${encodeURIComponent(facility.id)}`,
  capacity: facility.capacity,
  position: facility.position,
  look: lookAt(facility),
});

/** Shows the newest figures. @param {string} scope */
export function paintOverview(scope) {
  const looked = find.value.trim().toLocaleLowerCase();
  const all = scope === Districts ? districts.items() : facilitiesOf(scope).map(itemOf);
  const wanted = all.filter(({ key, name }) => !looked || `${name.zh} ${name.en} ${key}`.toLocaleLowerCase().includes(looked));
  const found = looked && scope === Districts ? districts.found(looked).map(itemOf) : [];
  if (!isFetched(scope) || (all.length > 0 && all.every(({ look }) => !look))) {
    paintWaiting();
  } else {
    setList(rows, sorted([...wanted, ...found], `${scope} ${looked}`), ({ key }) => key, make, update);
  }
  const empty = $('#empty');
  empty.hidden = wanted.length + found.length > 0 || !isFetched(scope);
  setText(empty, looked ? t('console.nothingFound', { text: find.value.trim() }) : t('console.noFacilities'));
  setText($('#overview-title'), t(scope === Districts ? 'console.districts' : 'console.facilities'));
  setText($('#rows-of'), t(`console.column.${scope === Districts ? 'district' : 'facility'}`));
  paintSum(all);
  paintMap(scope, all);
}

/** @param {Item[]} items @param {string} name what is listed */
function sorted(items, name) {
  if (name !== orderOf || !isHeld()) {
    const weight = ({ look }) => (look ? look.rank * 100 - Math.floor((look.fullness ?? 0) * Steps) : 1_000);
    order = items.map(({ key }) => key);
    const weights = new Map(items.map(item => [item.key, weight(item)]));
    order.sort((a, b) => weights.get(a) - weights.get(b));
    orderOf = name;
  }
  const byKey = new Map(items.map(item => [item.key, item]));
  // Rows that are new go to the end.
  order = [...new Set([...order, ...byKey.keys()])];
  return order.map(key => byKey.get(key)).filter(item => item);
}

/** @param {Item} item */
function make({ key, name, below, href }) {
  const piece = clone('row-template');
  setText(piece.part.link, nameOf(name));
  piece.part.link.href = href;
  setText(piece.part.district, below);
  piece.root.dataset.facility = key;
  return piece;
}

function update(piece, item) {
  const { look } = item;
  if (!isNew(piece, look)) {
    return;
  }
  const { root, part } = piece;
  const figures = figuresOf(item);
  root.dataset.state = look?.state ?? 'waiting';
  setText(part.figures, figures);
  setAttributes(part.meter, {
    value: look?.fullness ?? 0, class: look?.isPale && 'pale', 'aria-label': `${nameOf(item.name)}: ${figures}`,
  });
  part.confidence.dataset.confidence = look?.confidence ?? 'exact';
  setText(part.confidence, look ? wordFor('console.confidence', look.confidence) : t('console.unknown'));
  setText(part.cause, look ? look.causes.map(({ cause, n }) => t(`console.cause.${cause}`, { n })).join(listSeparator) : '');
  setState(part.state, look);
}

const listSeparator = language === 'zh' ? '，' : ', ';

/** Shows a state as its mark and its word; trouble does not hide that entries are closed or full. @param {Element} node */
export function setState(node, look) {
  node.dataset.state = look?.state ?? 'waiting';
  node.dataset.mark = look?.mark ?? '';
  setText(node, look?.words ?? (look ? wordsOf(look) : t('console.unknown')));
}

const wordsOf = ({ state, entries }) =>
  [state, ...(entries && entries !== state ? [entries] : [])].map(one => t(`console.state.${one}`)).join(' · ');

function paintSum(all) {
  if (all.every(({ look }) => !look)) {
    setText($('#sum'), '');
    return;
  }
  const add = pick => inDigits(all.reduce((sum, item) => sum + pick(item), 0));
  const isKnown = all.every(({ look }) => look && look.shown !== null);
  const sum = t('console.sum', {
    shown: isKnown ? add(({ look }) => look.shown) : t('console.unknown'),
    capacity: add(({ capacity, look }) => look?.message.capacity ?? capacity),
  });
  const n = all.reduce((sum, { look }) => sum + (look ? look.troubles ?? Number(look.rank < 2) : 0), 0);
  setText($('#sum'), n > 0 ? t('console.sumTrouble', { sum, n }) : sum);
}

/** Moves the focus among the rows. @param {1 | -1} step */
export const moveFocus = step => moveAlong(rows.querySelectorAll('a'), step);

/** Puts the focus on a facility's row. @param {string} id */
export const focusFacility = id => rows.querySelector(`tr[data-facility="${CSS.escape(id)}"] a`)?.focus();

/** Calls `repaint` when another name is looked for. Chinese in composition is not yet a name. */
export function wireOverview(repaint) {
  find.addEventListener('input', event => event.isComposing || repaint());
  find.addEventListener('compositionend', repaint);
  find.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      moveFocus(1);
    }
  });
  for (const touch of ['pointermove', 'focusin', 'keydown']) {
    rows.addEventListener(touch, () => { touchedAt = performance.now(); });
  }
  panel.addEventListener('pointerleave', () => {
    touchedAt = -Infinity;
    repaint();
  });
  wireMap(repaint);
}
