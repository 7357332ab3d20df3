// When stays and cases were, as years of them are listed.

import { now } from '../shared/clock.js';
import { date, day, minute } from '../shared/times.js';
import { facility } from './facilities.js';

/** @typedef {import('../shared/times.js').Moment} Moment */

/** `3 May`; with the year if it is not this one. @param {Moment} at @param {string} zone IANA */
export function dayOf(at, zone) {
  return yearOf(at, zone) === yearOf(now(), zone) ? day(at, zone) : date(at, zone);
}

/** @param {Moment} at @param {string} zone IANA */
const yearOf = (at, zone) => new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(new Date(at));

/** `3 May 14:05`; with the year if it is not this one. @param {Moment} at @param {string} zone IANA */
export const momentOf = (at, zone) => `${dayOf(at, zone)} ${minute(at, zone)}`;

/** `3 May · 14:05 – 15:10`, in its facility's zone; what nobody saw is "—". @param {any} stay */
export function timesOf(stay) {
  const { zone } = facility(stay.facility), { enteredAt: from, exitedAt: to } = stay;
  const on = dayOf(from ?? to ?? stay.endedAt, zone);
  const until = to && (from && dayOf(to, zone) !== on ? momentOf(to, zone) : minute(to, zone));
  return `${on} · ${from ? minute(from, zone) : '—'} – ${until ?? '—'}`;
}
