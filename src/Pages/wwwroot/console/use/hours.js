// Occupancy by hour of the day, as bars and as a table.

import { $, clone, setAttributes, setList, setText, svg } from '../../shared/dom.js';
import { minute } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { percent } from './figures.js';

const Width = 640, Height = 320, Left = 46, Right = 12, Top = 14, Bottom = 26, Hours = 24, HourStep = 4, Gap = 3, Full = 100;

/**
 * The mean of each hour of the clock over some days: hours that a clock shows twice count twice, those that it leaves out not at all.
 * @param {{ hours: { start: string, minutes: number, percent: number }[] }[]} days @param {string} zone
 * @returns {{ hour: string, percent: number }[]} in the order of the clock
 */
export function meanByHour(days, zone) {
  /** @type {Map<string, { sum: number, minutes: number }>} */
  const sums = new Map();
  for (const { start, minutes, percent: value } of days.flatMap(({ hours }) => hours)) {
    const hour = `${minute(start, zone).slice(0, 2)}:00`;
    const known = sums.get(hour) ?? { sum: 0, minutes: 0 };
    sums.set(hour, { sum: known.sum + value * minutes, minutes: known.minutes + minutes });
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([hour, { sum, minutes }]) => ({ hour, percent: sum / minutes }));
}

/** @param {{ hour: string, percent: number }[]} hours */
export function paintHours(hours) {
  $('#use-hours-none').hidden = hours.length > 0;
  $('#use-hours-table').hidden = hours.length === 0;
  const place = $('#use-chart');
  place.className = '';
  place.replaceChildren(...(hours.length > 0 ? [draw(hours)] : []));
  setList($('#use-hours'), hours, one => one.hour, () => clone('use-hour-template'), ({ part }, one) => {
    setText(part.hour, one.hour);
    setText(part.percent, percent(one.percent));
  });
}

function draw(hours) {
  const most = hours.reduce((best, one) => (one.percent > best.percent ? one : best));
  const least = hours.reduce((best, one) => (one.percent < best.percent ? one : best));
  const top = Math.max(Full, most.percent);
  const wide = (Width - Left - Right) / Hours;
  const x = hour => Left + hour * wide;
  const y = value => Top + (1 - value / top) * (Height - Top - Bottom);
  const root = svg('svg', { viewBox: `0 0 ${Width} ${Height}`, role: 'img' });
  for (const value of [Full / 2, Full]) {
    root.append(svg('line', { x1: Left, x2: Width - Right, y1: y(value), y2: y(value), class: value === Full ? 'capacity' : 'grid' }));
    root.append(text(Left - 8, y(value) + 4, percent(value), 'end'));
  }
  for (let hour = 0; hour <= Hours; hour += HourStep) {
    root.append(text(x(hour), Height - 8, `${String(hour).padStart(2, '0')}:00`, hour === Hours ? 'end' : 'middle'));
  }
  for (const one of hours) {
    const height = Height - Bottom - y(one.percent);
    root.append(svg('rect', {
      x: (x(Number(one.hour.slice(0, 2))) + Gap / 2).toFixed(1), y: y(one.percent).toFixed(1), width: (wide - Gap).toFixed(1),
      height: height.toFixed(1), class: 'hour',
    }));
  }
  root.append(svg('line', { x1: Left, x2: Width - Right, y1: y(0), y2: y(0), class: 'axis' }));
  setAttributes(root, {
    'aria-label': t('use.hoursLabel', {
      most: most.percent.toFixed(0), time: most.hour, least: least.percent.toFixed(0), leastTime: least.hour,
    }),
  });
  return root;
}

function text(x, y, value, anchor) {
  const node = svg('text', { x, y, 'text-anchor': anchor });
  setText(node, value);
  return node;
}
