// The alarms of everything that this person may watch, whatever is shown. The service tells each change of what is shown at once; the rest
// is asked for every few seconds.

import { call } from '../../shared/session.js';
import { nameOf } from '../../shared/words.js';
import { city, facilityName, hasDuty, mayDo, onFacilities } from '../city.js';

/**
 * @typedef {{ id: string, kind: string, priority: string, state: string, occurrence: number, facility?: string, gate?: string,
 *   raisedAt: string, returnedAt?: string, acknowledgedAt?: string, acknowledgedBy?: string,
 *   shelving?: { reason: string, by: string, at: string, until: string } }} Alarm
 */

/** In milliseconds. */
const AskEvery = 5_000, AskAgainAfter = 400;

const SoundStore = 'console-sound';

/** Whether new urgent alarms sound in this browser: then they are asked for also while nobody looks. */
export const isLoud = () => localStorage.getItem(SoundStore) === 'on';

/** @param {boolean} loud */
export const keepLoud = loud => localStorage.setItem(SoundStore, loud ? 'on' : 'off');

export const Priorities = ['urgent', 'important', 'minor'];

const Filled = { urgent: '■', important: '▲', minor: '◆' }, Outlined = { urgent: '□', important: '△', minor: '◇' };

export const book = {
  /** @type {Alarm[] | null} null: not known yet */ alarms: null,
  /** @type {Map<string, any>} what each kind means, by its name */ kinds: new Map(),
  /** @type {{ lastHour: number, perTenMinutes: number, aim: number } | null} */ rate: null,
};

/** @type {Set<() => void>} */
const listeners = new Set();

let timer = 0;

/** Calls back whenever there is something newer. @param {() => void} changed */
export const onAlarms = changed => listeners.add(changed);

/** Whether somebody has to look at it. @param {Alarm} alarm */
export const isNew = ({ state }) => state === 'unacknowledged' || state === 'returned_unacknowledged';

/** An alarm's mark: its shape says how urgent it is, filled says that nobody has acknowledged it. @param {Alarm} alarm */
export const markOf = alarm => (isNew(alarm) ? Filled : Outlined)[alarm.priority] ?? '◆';

/** What an alarm is called. @param {Alarm} alarm */
export const alarmName = alarm => (book.kinds.has(alarm.kind) ? nameOf(book.kinds.get(alarm.kind).name) : alarm.kind);

/** Where it is: a facility's name, and the gate. @param {Alarm} alarm @returns {string} empty for the city's */
export const placeOf = ({ facility, gate }) => [facility && facilityName(facility), gate].filter(part => part).join(' · ');

/** Whether this person may acknowledge and shelve it. The service asks again. @param {Alarm} alarm */
export function mayActOn(alarm) {
  const facility = city.byId.get(alarm.facility);
  return facility ? mayDo('operate', facility) : hasDuty('operate@city');
}

/** How many alarms of a priority are there, and how many of them nobody has acknowledged; shelved ones do not count. */
export function countOf(priority) {
  const all = (book.alarms ?? []).filter(alarm => alarm.priority === priority && alarm.state !== 'shelved');
  return { all: all.length, fresh: all.filter(isNew).length };
}

/** Asks the service. What is known stays if it does not answer: the bar says how old everything is. */
export async function fetchAlarms() {
  clearTimeout(timer);
  timer = setTimeout(fetchAlarms, AskEvery);
  if (document.hidden && !isLoud()) {
    return;
  }
  try {
    const { body } = await call('GET', '/v1/alarms');
    book.alarms = body.alarms;
    book.rate = body.rate;
    book.kinds = new Map(body.kinds.map(kind => [kind.kind, kind]));
    tellAll();
  } catch {
    // The next time.
  }
}

/** The hub told of a change: asks soon, once for many. */
export function alarmsMayHaveChanged() {
  clearTimeout(timer);
  timer = setTimeout(fetchAlarms, AskAgainAfter);
}

/**
 * Acknowledges alarms as they are seen here. @param {Alarm[]} alarms
 * @returns {Promise<{ id: string, outcome: string }[]>} what came of each
 */
export async function acknowledge(alarms) {
  const { body } = await call('POST', '/v1/alarms/acknowledge', { alarms: alarms.map(({ id, occurrence }) => ({ id, occurrence })) });
  take(body.alarms.map(one => one.alarm).filter(alarm => alarm));
  return body.alarms;
}

/** @param {Alarm} alarm @param {string} reason @param {string} until ISO 8601 */
export async function shelve(alarm, reason, until) {
  const { body } = await call('POST', `/v1/alarms/${encodeURIComponent(alarm.id)}/shelve`, { reason, until });
  take([body]);
}

/** @param {Alarm} alarm */
export async function unshelve(alarm) {
  const { body } = await call('POST', `/v1/alarms/${encodeURIComponent(alarm.id)}/unshelve`);
  take([body]);
}

/** Takes newer states of some alarms. @param {Alarm[]} newer */
function take(newer) {
  const byId = new Map((book.alarms ?? []).map(alarm => [alarm.id, alarm]));
  newer.forEach(alarm => byId.set(alarm.id, alarm));
  book.alarms = [...byId.values()].filter(({ state }) => state !== 'normal');
  tellAll();
  alarmsMayHaveChanged();
}

const tellAll = () => book.alarms && listeners.forEach(tell => tell());

onFacilities(tellAll);
