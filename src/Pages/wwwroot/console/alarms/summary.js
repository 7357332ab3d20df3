// Alarms where an operator looks first: their numbers in the bar, and the most urgent ones beside the overview. New urgent ones sound.

import { $, clone, setAttributes, setList, setText } from '../../shared/dom.js';
import { short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { zoneOf } from '../city.js';
import {
  alarmName, book, countOf, fetchAlarms, isLoud, isNew, keepLoud, markOf, onAlarms, placeOf, Priorities,
} from './book.js';

const MostShown = 8, Beep = { hertz: 880, seconds: 0.18, gap: 0.28, times: 2, loudness: 0.15 };

/** Urgent alarms that have been heard, by id and occurrence. @type {Set<string> | null} null: none was looked at yet */
let heard = null;

/** @param {boolean} loud */
export function setLoud(loud) {
  keepLoud(loud);
  if (loud) {
    // A browser lets a page sound only after a person has touched it: so they hear at once that it does.
    sound();
  }
}

export function runSummary() {
  onAlarms(paint);
  document.addEventListener('visibilitychange', () => document.hidden || fetchAlarms());
  fetchAlarms();
}

function paint() {
  for (const priority of Priorities) {
    const { all, fresh } = countOf(priority);
    const node = $(`#alarm-counts [data-priority=${priority}]`);
    setAttributes(node, { 'data-fresh': String(fresh > 0), hidden: all === 0 });
    setText(node.firstElementChild, markOf({ priority, state: fresh > 0 ? 'unacknowledged' : 'acknowledged' }));
    setText(node.lastElementChild, t('console.alarms.count', { n: all, priority: t(`console.alarms.priority.${priority}`) }));
    setText(node.children[1], all);
  }
  const shown = book.alarms.filter(({ state }) => state !== 'shelved');
  $('#alarm-none').hidden = shown.length > 0;
  $('#no-alarms').hidden = shown.length > 0;
  setList($('#alarm-list'), shown.slice(0, MostShown), alarm => alarm.id, () => clone('alarm-line-template'), paintLine);
  const more = $('#alarm-more');
  more.hidden = shown.length <= MostShown;
  setText(more, t('console.alarms.more', { n: shown.length - MostShown }));
  listen(shown.filter(alarm => alarm.priority === 'urgent' && isNew(alarm)));
}

function paintLine({ root, part }, alarm) {
  setAttributes(root, { 'data-priority': alarm.priority, 'data-new': String(isNew(alarm)) });
  setText(part.mark, markOf(alarm));
  setText(part.what, alarmName(alarm));
  part.what.href = `/console?view=alarms&alarm=${encodeURIComponent(alarm.id)}`;
  setText(part.place, placeOf(alarm));
  setText(part.state, `${wordFor('console.alarms.state', alarm.state)} · ${short(alarm.raisedAt, zoneOf(alarm.facility))}`);
}

/** Sounds once for urgent alarms that are new since the last time. @param {import('./book.js').Alarm[]} urgent */
function listen(urgent) {
  const now = new Set(urgent.map(({ id, occurrence }) => `${id} ${occurrence}`));
  if (heard && isLoud() && [...now].some(name => !heard.has(name))) {
    sound();
  }
  heard = now;
}

function sound() {
  const context = new AudioContext();
  for (let n = 0; n < Beep.times; n++) {
    const tone = new OscillatorNode(context, { frequency: Beep.hertz });
    const volume = new GainNode(context, { gain: Beep.loudness });
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + n * Beep.gap);
    tone.stop(context.currentTime + n * Beep.gap + Beep.seconds);
    tone.onended = () => n === Beep.times - 1 && context.close();
  }
}
