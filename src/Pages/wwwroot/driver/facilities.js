// What facilities are called, and their zones.

import { call } from '../shared/session.js';
import { ownZone } from '../shared/times.js';
import { nameOf } from '../shared/words.js';

/** @typedef {{ name: { zh: string, en: string }, zone: string }} Known */

/** @type {Map<string, Known>} */
const known = new Map();
/** @type {string | undefined} */
let zoneOfDistricts;

/** The service tells so many at once. */
const AtOnce = 100;

/** Asks for those of these facilities that are not known. @param {string[]} ids */
export async function learn(ids) {
  const wanted = [...new Set(ids)].filter(id => !known.has(id));
  while (wanted.length > 0) {
    const { body } = await call('GET', `/v1/facilities?${new URLSearchParams(wanted.splice(0, AtOnce).map(id => ['id', id]))}`);
    for (const { id, name, timeZone } of body.facilities) {
      known.set(id, { name, zone: timeZone });
    }
  }
}

/** Asks for the zone of the city if no facility is known yet. */
export async function learnCity() {
  if (known.size === 0 && !zoneOfDistricts) {
    const { body } = await call('GET', '/v1/districts');
    zoneOfDistricts = body.districts.find(({ timeZone }) => timeZone)?.timeZone;
  }
}

/** The zone of the city, as far as it is known. */
export const cityZone = () => [...known.values()][0]?.zone ?? zoneOfDistricts ?? ownZone;

/** A facility; one that has left the city has its id for a name. @param {string} id */
export function facility(id) {
  const it = known.get(id);
  return it ? { name: nameOf(it.name), zone: it.zone } : { name: id, zone: ownZone };
}

/** What is known of facilities, for `recallFacilities`. @param {string[]} ids @returns {[string, Known | undefined][]} */
export const knownOf = ids => ids.map(id => [id, known.get(id)]);

/** What was known of facilities when there was a connection. @param {[string, Known | undefined][]} kept */
export function recallFacilities(kept) {
  for (const [id, it] of kept) {
    if (it && !known.has(id)) {
      known.set(id, it);
    }
  }
}
