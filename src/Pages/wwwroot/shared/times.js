// Times in a facility's zone, never in the browser's.

import { now } from './clock.js';
import { language } from './words.js';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

const locale = language === 'zh' ? 'zh-CN' : 'en-GB';

/** @typedef {string | number | Date} Moment ISO 8601 in UTC as the service writes it, milliseconds since 1970, or a date */

/** @param {string} zone @param {Intl.DateTimeFormatOptions} options */
function format(zone, options) {
  const key = zone + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    formats.set(key, known = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options }));
  }
  return known;
}

/** `14:12:07` @param {Moment} at @param {string} zone IANA */
export const second = (at, zone) =>
  format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));

/** `14:12` @param {Moment} at @param {string} zone IANA */
export const minute = (at, zone) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** `3 May` or `5月3日` @param {Moment} at @param {string} zone IANA */
export const day = (at, zone) =>
  format(zone, language === 'zh' ? { month: 'long', day: 'numeric' } : { month: 'short', day: 'numeric' }).format(new Date(at));

/** `3 May 2026` or `2026年5月3日` @param {Moment} at @param {string} zone IANA */
export const date = (at, zone) =>
  format(zone, { year: 'numeric', month: language === 'zh' ? 'long' : 'short', day: 'numeric' }).format(new Date(at));

/** `14:12`, or with the day in front if that is not today's. @param {Moment} at @param {string} zone IANA */
export function short(at, zone) {
  const of = day(at, zone);
  return of === day(now(), zone) ? minute(at, zone) : `${of} ${minute(at, zone)}`;
}

/** What the zone is called: `China Time`, `中国时间`. @param {string} zone IANA */
export const zoneName = zone =>
  format(zone, { timeZoneName: 'shortGeneric' }).formatToParts(new Date()).find(part => part.type === 'timeZoneName')?.value ?? zone;

/** The zone of this browser, for times that belong to no facility. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
