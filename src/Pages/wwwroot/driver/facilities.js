// What facilities are called, and their zones.

import { call } from '../shared/session.js';
import { ownZone } from '../shared/times.js';
import { nameOf } from '../shared/words.js';

/** @type {Map<string, { name: string, zone: string }>} */
const known = new Map();

/** Asks for the facilities if one of these is not known. @param {Iterable<string>} ids */
export async function learn(ids) {
  if (![...ids].every(id => known.has(id))) {
    await ask();
  }
}

/** Asks for the facilities if none is known yet: times need the city's zone. */
export async function learnCity() {
  if (known.size === 0) {
    await ask();
  }
}

async function ask() {
  const { body } = await call('GET', '/v1/facilities');
  for (const facility of body.facilities) {
    known.set(facility.id, { name: nameOf(facility.name), zone: facility.timeZone });
  }
}

/** The zone of the city, as far as it is known. */
export const cityZone = () => [...known.values()][0]?.zone ?? ownZone;

/** A facility; one that has left the city has its id for a name. @param {string} id */
export const facility = id => known.get(id) ?? { name: id, zone: ownZone };
