// The table of facilities: trouble first, then fullness.

import { $, clone, setAttributes, setList, setText } from '../shared/dom.js';
import { language, nameOf, t, wordFor } from '../shared/words.js';
import { causesOf, city, facilitiesOf, isNew, lookAt } from './model.js';
import { paintMap, wireMap } from './map.js';
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

/** Shows the newest figures. @param {string} scope */
export function paintOverview(scope) {
  const all = facilitiesOf(scope).map(facility => ({ facility, look: lookAt(facility) }));
  const looked = find.value.trim().toLocaleLowerCase();
  const wanted = all.filter(({ facility }) =>
    !looked || `${facility.name.zh} ${facility.name.en} ${facility.id}`.toLocaleLowerCase().includes(looked));
  if (wanted.length > 0 && wanted.every(({ look }) => !look)) {
    paintWaiting();
  } else {
    setList(rows, sorted(wanted, `${scope} ${looked}`), ({ facility }) => facility.id, make, update);
  }
  const empty = $('#empty');
  empty.hidden = wanted.length > 0;
  setText(empty, looked ? t('console.nothingFound', { text: find.value.trim() }) : t('console.noFacilities'));
  paintSum(all);
  paintMap(scope, all);
}

function sorted(items, name) {
  if (name !== orderOf || !isHeld()) {
    const weight = ({ look }) => (look ? look.rank * 100 - Math.floor((look.fullness ?? 0) * Steps) : 1_000);
    order = items.map(({ facility }) => facility.id);
    const weights = new Map(items.map(item => [item.facility.id, weight(item)]));
    order.sort((a, b) => weights.get(a) - weights.get(b));
    orderOf = name;
  }
  const byId = new Map(items.map(item => [item.facility.id, item]));
  return order.map(id => byId.get(id)).filter(item => item);
}

function make({ facility }) {
  const piece = clone('row-template');
  setText(piece.part.link, nameOf(facility.name));
  piece.part.link.href = `/console?facility=${encodeURIComponent(facility.id)}`;
  setText(piece.part.district, nameOf(city.districts.find(({ id }) => id === facility.district)?.name ?? { zh: '', en: '' }));
  piece.root.dataset.facility = facility.id;
  return piece;
}

function update(piece, { facility, look }) {
  if (!isNew(piece, look)) {
    return;
  }
  const { root, part } = piece;
  root.dataset.state = look?.state ?? 'waiting';
  setText(part.figures, figuresOf(facility, look));
  setAttributes(part.meter, {
    value: look?.fullness ?? 0, class: look?.isPale && 'pale', 'aria-label': `${nameOf(facility.name)}: ${figuresOf(facility, look)}`,
  });
  part.confidence.dataset.confidence = look?.message.confidence ?? 'exact';
  setText(part.confidence, look ? wordFor('console.confidence', look.message.confidence) : t('console.unknown'));
  setText(part.cause, look ? causesOf(look.message).map(({ cause, n }) => t(`console.cause.${cause}`, { n })).join(listSeparator) : '');
  setState(part.state, look);
}

const listSeparator = language === 'zh' ? '，' : ', ';

/** Number and capacity; the number is “—” while it is not known. */
function figuresOf(facility, look) {
  return t('console.figures', { shown: look?.shown ?? t('console.unknown'), capacity: look?.message.capacity ?? facility.capacity });
}

/** Shows a state as its mark and its word; trouble does not hide that entries are closed or full. @param {Element} node */
export function setState(node, look) {
  node.dataset.state = look?.state ?? 'waiting';
  node.dataset.mark = look?.mark ?? '';
  const states = look ? [look.state, ...(look.entries && look.entries !== look.state ? [look.entries] : [])] : [];
  setText(node, states.map(state => t(`console.state.${state}`)).join(' · ') || t('console.unknown'));
}

function paintSum(all) {
  if (all.every(({ look }) => !look)) {
    setText($('#sum'), '');
    return;
  }
  const format = new Intl.NumberFormat(language);
  const add = pick => format.format(all.reduce((sum, item) => sum + pick(item), 0));
  const isKnown = all.every(({ look }) => look && look.shown !== null);
  const sum = t('console.sum', {
    shown: isKnown ? add(({ look }) => look.shown) : t('console.unknown'),
    capacity: add(({ facility, look }) => look?.message.capacity ?? facility.capacity),
  });
  const n = all.filter(({ look }) => look && look.rank < 2).length;
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
