// Figures of use as people read them, and the way from each to the stays behind it. Unknown is a dash, never zero.

import { setText } from '../../shared/dom.js';
import { t } from '../../shared/words.js';

/**
 * @typedef {{ minutes: number, atLeast: number, below?: number }} Dwell
 * @typedef {{ days: number, entries: number, exits: number, turnover?: number, dwellP50?: Dwell, dwellP90?: Dwell,
 *   occupancyPercent?: number, provisional: number, conflicting: number, uncollectable: number }} Figures
 */

export const States = ['provisional', 'conflicting', 'uncollectable'];

const HourMinutes = 60;

const unknown = () => t('console.unknown');

/** @param {number | undefined} value @param {number} digits */
const decimal = (value, digits) => value?.toLocaleString(document.documentElement.lang, {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
});

/** @param {number} minutes */
export function time(minutes) {
  const whole = Math.round(minutes);
  return whole < HourMinutes
    ? t('use.minutes', { m: whole })
    : t('use.long', { h: Math.floor(whole / HourMinutes), m: String(whole % HourMinutes).padStart(2, '0') });
}

/** `1:15` for 75. @param {number} minutes */
const clock = minutes => `${Math.floor(minutes / HourMinutes)}:${String(minutes % HourMinutes).padStart(2, '0')}`;

/** @param {number | undefined} value */
export const percent = value => (value === undefined ? unknown() : t('use.percent', { n: decimal(value, 0) }));

/** Sets what has no stays of its own behind it. @param {Record<string, any>} part @param {Figures | null} sum null: unknown */
export function paintFigures(part, sum) {
  setText(part.turnover, decimal(sum?.turnover, 2) ?? unknown());
  setText(part.occupancy, percent(sum?.occupancyPercent));
  for (const [name, dwell] of [['p50', sum?.dwellP50], ['p90', sum?.dwellP90]]) {
    setText(part[name], dwell ? time(dwell.minutes) : unknown());
    const range = dwell && (dwell.below
      ? t('use.range', { from: clock(dwell.atLeast), to: clock(dwell.below) })
      : t('use.above', { from: clock(dwell.atLeast) }));
    setText(part[`${name}Range`], range ?? '');
  }
}

/**
 * Sets a number that leads to its stays; nothing leads anywhere from none.
 * @param {HTMLAnchorElement} link @param {number | undefined} value undefined: unknown
 * @param {{ name: string, state: string, facility: string, from: string, to: string }} rows what the number is of: a facility's stays
 *   that began within a time, by state; for `entry` and `exit`, of vehicles that came in or left within it
 */
export function paintLink(link, value, { name, state, facility, from, to }) {
  setText(link, value ?? unknown());
  if (!value) {
    link.removeAttribute('href');
    link.removeAttribute('aria-label');
    delete link.dataset.mark;
    return;
  }
  link.href = `/console?${new URLSearchParams({ view: 'stays', facility, state, from, to })}`;
  const words = { entry: 'entries', exit: 'exits' };
  link.setAttribute('aria-label', t('use.rows', { what: t(`use.${words[state] ?? state}`), name, n: value }));
  if (state === 'conflicting') {
    link.dataset.mark = '▲';
  }
}
