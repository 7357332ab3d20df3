// The districts of a large city, by their sums; and the facilities that are looked for in all of it.

import { t } from '../shared/words.js';
import { city, findFacilities } from './city.js';
import { figures } from './model.js';

const AskAfter = 250;

/** The states of a district, the most urgent first, and how many alarms or facilities make it so. Full and closed are no trouble. */
const States = [
  { state: 'unknown', mark: '■', rank: 0, count: sum => sum.unknown },
  { state: 'urgent', mark: '■', rank: 0, count: sum => sum.urgentAlarms },
  { state: 'important', mark: '▲', rank: 1, count: sum => sum.importantAlarms },
  { state: 'minor', mark: '◆', rank: 2, count: sum => sum.minorAlarms },
  { state: 'full', mark: '●', rank: 4, count: sum => sum.full },
  { state: 'closed', mark: '✕', rank: 4, count: sum => sum.closed },
];

/** Looks as they were made of the last messages. @type {WeakMap<object, any>} */
const looks = new WeakMap();

let repaint = () => { };

/** What was looked for last, and what was found. @type {{ text: string, facilities: import('./city.js').Facility[] }} */
let last = { text: '', facilities: [] };
let timer = 0;

/** @param {() => void} askPaint called when something was found */
export const wireDistricts = askPaint => { repaint = askPaint; };

/** A row and a spot for each district. @returns {import('./overview.js').Item[]} */
export const items = () => city.districts.map(({ id, name, facilities, outline }) => ({
  key: `district:${id}`,
  name,
  below: t('console.district.facilities', { n: facilities }),
  href: `/console?scope=district:${encodeURIComponent(id)}`,
  capacity: figures.districts.get(id)?.capacity ?? 0,
  position: outline && middleOf(outline),
  look: lookAt(figures.districts.get(id)),
}));

/**
 * The facilities with a text in their names, as far as they are known; asks for more when nobody has typed for a moment.
 * @param {string} text
 */
export function found(text) {
  if (last.text !== text) {
    last = { text, facilities: [] };
    clearTimeout(timer);
    timer = setTimeout(ask, AskAfter, text);
  }
  return last.facilities;
}

async function ask(text) {
  const facilities = await findFacilities(text).catch(() => []);
  if (last.text === text) {
    last.facilities = facilities;
    repaint();
  }
}

/** How a district is; null while its sums have not come. */
function lookAt(sum) {
  if (sum && !looks.has(sum)) {
    looks.set(sum, make(sum));
  }
  return looks.get(sum) ?? null;
}

function make(sum) {
  const states = States.map(one => ({ ...one, n: one.count(sum) })).filter(({ n }) => n > 0);
  const words = states.map(({ state, n }) => t(`console.district.${state}`, { n }));
  const isKnown = sum.unknown === 0;
  return {
    ...states[0] ?? { state: 'open', mark: '', rank: 4 },
    message: sum,
    confidence: !isKnown ? 'unknown' : sum.reduced > 0 ? 'reduced' : 'exact',
    causes: [
      { cause: 'unknownFacilities', n: sum.unknown },
      { cause: 'reducedFacilities', n: sum.reduced },
      { cause: 'silent', n: sum.silentGates },
      { cause: 'unsent', n: sum.unsent },
    ].filter(({ n }) => n > 0),
    word: words[0] ?? '',
    words: words.join(' · ') || t('console.state.open'),
    troubles: sum.unknown + sum.reduced,
    isPale: sum.reduced > 0,
    shown: isKnown ? sum.shown : null,
    fullness: isKnown ? Math.min(sum.shown / Math.max(sum.capacity, 1), 1) : null,
  };
}

/** The middle of an outline's corners. @param {number[][]} outline */
const middleOf = outline => [0, 1].map(axis => outline.reduce((sum, point) => sum + point[axis], 0) / outline.length);
