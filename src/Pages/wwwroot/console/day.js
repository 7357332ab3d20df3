// A facility's day as a line: from its midnight to the next, with gaps where nothing is known; and the same day of last week, paler.

import { now } from '../shared/clock.js';
import { $, setAttributes, setText, svg } from '../shared/dom.js';
import { minute } from '../shared/times.js';
import { t } from '../shared/words.js';

const Width = 640, Height = 320, Left = 42, Right = 20, Top = 12, Bottom = 26, LabelBelow = 16;
const MinuteMs = 60_000, HourMs = 60 * MinuteMs, HoursShown = 24, HourStep = 4;

const place = $('#day');

/** @type {{ from: number, step: number, values: (number | null)[] } | null} */
let day = null;

/** The hours of last week's day; null if they are not known. @type {{ after: number, value: number }[] | null} */
let lastWeek = null;
let painted = '';

/** Forgets the day: another facility's is to be shown. */
export function clearDay() {
  day = null;
  lastWeek = null;
  painted = '';
  place.className = 'skeleton';
  place.replaceChildren();
  setText($('#day-note'), '');
}

/** Takes the service's answer. */
export function takeDay(answer) {
  day = { from: Date.parse(answer.from), step: answer.stepSeconds * 1_000, values: answer.occupied };
}

/** Takes last week's day, as it was used; null if it is not known. */
export function takeLastWeek(use) {
  lastWeek = use && use.hours.map(({ start, minutes, occupied }) => (
    { after: Date.parse(start) - Date.parse(use.start) + minutes * MinuteMs / 2, value: occupied }));
}

/** Draws the day, if it has changed; its last point is the current number. */
export function paintDay(facility, look) {
  if (!day) {
    return;
  }
  const points = day.values.map((value, index) => ({ at: day.from + index * day.step, value }));
  const at = now();
  const last = points.at(-1)?.at ?? day.from;
  if (at - last > 2 * day.step) {
    // Nothing is known of the time between: it is a gap.
    points.push({ at: last, value: null });
  }
  if (look && at > day.from && at < day.from + HoursShown * HourMs) {
    points.push({ at, value: look.shown });
  }
  const capacity = look?.message.capacity ?? facility.capacity;
  const name = `${facility.id} ${capacity} ${Math.floor(at / 10_000)} ${points.length} ${look?.shown} ${lastWeek?.length}`;
  if (name === painted) {
    return;
  }
  painted = name;
  draw(points, capacity, facility.timeZone);
}

function draw(points, capacity, zone) {
  const known = points.filter(point => point.value !== null && point.value !== undefined);
  const most = known.reduce((best, point) => (point.value > best.value ? point : best), { value: -1, at: day.from });
  const top = Math.max(capacity, most.value, ...(lastWeek ?? []).map(hour => hour.value), 1);
  const x = at => Left + (at - day.from) / (HoursShown * HourMs) * (Width - Left - Right);
  const y = value => Top + (1 - value / top) * (Height - Top - Bottom);
  const root = svg('svg', { viewBox: `0 0 ${Width} ${Height}`, role: 'img' });
  for (let hour = 0; hour <= HoursShown; hour += HourStep) {
    const at = day.from + hour * HourMs;
    root.append(svg('line', { x1: x(at), x2: x(at), y1: Top, y2: Height - Bottom, class: 'grid' }));
    root.append(text(x(at), Height - 8, hour === HoursShown ? '24:00' : minute(at, zone), 'middle'));
  }
  root.append(svg('line', { x1: Left, x2: Width - Right, y1: y(capacity), y2: y(capacity), class: 'capacity' }));
  root.append(svg('line', { x1: Left, x2: Width - Right, y1: y(0), y2: y(0), class: 'axis' }));
  root.append(text(Left - 8, y(capacity) + 4, capacity, 'end'), text(Left - 8, y(0) + 4, 0, 'end'));
  if (lastWeek?.length > 0) {
    root.append(svg('path', { d: `M${lastWeek.map(hour => `${x(day.from + hour.after).toFixed(1)},${y(hour.value).toFixed(1)}`).join('L')}`,
      class: 'before' }));
    const highest = lastWeek.reduce((best, hour) => (hour.value > best.value ? hour : best));
    root.append(text(x(day.from + highest.after), y(highest.value) + LabelBelow, t('console.lastWeek'), 'middle'));
  }
  for (const run of runsOf(points).filter(run => run.length > 1)) {
    const line = run.map(point => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`);
    const [first, last] = [run[0], run.at(-1)].map(point => `${x(point.at).toFixed(1)},${y(0)}`);
    root.append(svg('path', { d: `M${first}L${line.join('L')}L${last}Z`, class: 'below' }));
    root.append(svg('path', { d: `M${line.join('L')}`, class: 'line' }));
  }
  const newest = points.at(-1);
  if (newest && newest.value !== null && newest.value !== undefined) {
    root.append(svg('circle', { cx: x(newest.at), cy: y(newest.value), r: 4, class: 'now' }));
  }
  const since = known.length > 0 && known[0].at > day.from ? t('console.daySince', { time: minute(known[0].at, zone) }) : '';
  const notes = [known.length === 0 ? t('console.dayNone') : since, lastWeekNote()];
  setText($('#day-note'), notes.filter(note => note).join(' · '));
  setAttributes(root, {
    'aria-label': known.length === 0 ? t('console.dayNone') : t('console.dayOf', {
      now: newest.value ?? t('console.unknown'), most: most.value, time: minute(most.at, zone), capacity,
    }),
  });
  place.className = '';
  place.replaceChildren(root);
}

function lastWeekNote() {
  return lastWeek?.length > 0
    ? t('console.lastWeekMost', { most: Math.round(Math.max(...lastWeek.map(hour => hour.value))) })
    : t('console.lastWeekUnknown');
}

/** The stretches in which something is known. */
function runsOf(points) {
  const runs = [[]];
  for (const point of points) {
    if (point.value === null || point.value === undefined) {
      runs.push([]);
    } else {
      runs.at(-1).push(point);
    }
  }
  return runs.filter(run => run.length > 0);
}

function text(x, y, value, anchor) {
  const node = svg('text', { x, y, 'text-anchor': anchor });
  setText(node, value);
  return node;
}
