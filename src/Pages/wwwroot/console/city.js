// The city, which does not change, and what this person may do where. Of a large city, facilities are fetched when they are needed.

import { call } from '../shared/session.js';
import { nameOf } from '../shared/words.js';

/**
 * @typedef {{ zh: string, en: string }} Names
 * @typedef {{ id: string, name: Names, outline?: number[][], facilities: number, timeZone?: string }} District
 * @typedef {{ id: string, name: Names, district: string, capacity: number, timeZone: string, position?: number[] }} Facility
 */

/** With more facilities than that, districts are shown first, and facilities are fetched when they are needed. */
const ManyFacilities = 400;

/** So many facilities are asked for by id at once. */
const MostIds = 100;

/** The sums of all districts, as a scope of the hub. */
export const Districts = 'districts';

export const city = {
  /** What this person may watch, as scopes of the hub, the widest first. @type {string[]} */ scopes: [],
  /** @type {District[]} */ districts: [],
  /** Those that are known here: of a large city, what was needed until now. @type {Facility[]} */ facilities: [],
  /** @type {Map<string, Facility>} */ byId: new Map(),
  isLarge: false,
};

/** Of a large city, the scopes whose facilities were fetched. @type {Set<string>} */
const fetched = new Set();

/** @type {Set<() => void>} */
const listeners = new Set();

/** Calls back whenever more facilities are known. @param {() => void} more */
export const onFacilities = more => listeners.add(more);

/** The scopes of this person's duties. @type {Set<string>} */
let own = new Set();

/** @type {Set<string>} */
let duties = new Set();

/** Notes what this person may do; every duty includes watching. @param {string[]} list such as `operate@district:huangpu` */
export function takeDuties(list) {
  duties = new Set(list);
  own = new Set(list.map(duty => duty.slice(duty.indexOf('@') + 1)));
}

/** The zone of a facility; the first that is known where none is meant. @param {string} [id] */
export const zoneOf = id =>
  (city.byId.get(id) ?? city.facilities[0] ?? city.districts.find(({ timeZone }) => timeZone))?.timeZone ?? 'UTC';

/** Whether this person has exactly this duty. @param {string} duty such as `operate@city` */
export const hasDuty = duty => duties.has(duty);

/** Whether this person has a duty somewhere. @param {string} duty such as `operate` */
export const mayDoAnywhere = duty => [...duties].some(one => one.startsWith(`${duty}@`));

/** Whether this person has a duty at a facility. The service asks again. @param {string} duty @param {Facility} facility */
export const mayDo = (duty, { id, district }) =>
  ['city', `district:${district}`, `facility:${id}`].some(scope => duties.has(`${duty}@${scope}`));

/** Whether one of this person's duties is for this scope, or for the whole city. @param {string} scope */
const isOwn = scope => own.has('city') || own.has(scope);

/** Fetches what this person may watch of the city. @returns {Promise<boolean>} whether it is another one than before */
export async function loadCity() {
  const before = whatIsDrawn();
  city.districts = (await call('GET', '/v1/districts')).body.districts;
  city.isLarge = city.districts.reduce((sum, { facilities }) => sum + facilities, 0) > ManyFacilities;
  if (city.isLarge) {
    await fetchById([...own].filter(scope => scope.startsWith('facility:')).map(scope => scope.slice('facility:'.length)));
  } else {
    const { body } = await call('GET', '/v1/facilities');
    [city.facilities, city.byId] = [[], new Map()];
    take(body.facilities);
  }
  city.scopes = [
    ...[city.isLarge ? Districts : 'city'].filter(() => own.has('city')),
    ...city.districts.map(({ id }) => `district:${id}`).filter(isOwn),
    ...city.facilities.map(({ id }) => `facility:${id}`).filter(scope => own.has(scope)),
  ];
  return before !== whatIsDrawn();
}

/** Takes facilities that were not known, as far as this person may watch them. @param {Facility[]} facilities */
function take(facilities) {
  const more = facilities.filter(({ id, district }) =>
    !city.byId.has(id) && (isOwn(`district:${district}`) || isOwn(`facility:${id}`)));
  city.facilities.push(...more);
  more.forEach(facility => city.byId.set(facility.id, facility));
  listeners.forEach(tell => tell());
}

/** Whether the facilities of a scope are known. @param {string} scope */
export function isFetched(scope) {
  const [kind, id] = scope.split(':');
  return !city.isLarge || scope === Districts || fetched.has(scope) || (kind === 'facility' && city.byId.has(id));
}

/** Fetches the facilities of a scope. @param {string} scope */
export async function fetchFacilities(scope) {
  const [kind, id] = scope.split(':');
  const { body } = await call('GET', `/v1/facilities?${kind === 'district' ? 'district' : 'id'}=${encodeURIComponent(id)}`);
  fetched.add(scope);
  take(body.facilities);
}

/** Fetches the facilities with a text in their names or ids. @param {string} text @returns {Promise<Facility[]>} at most 50 */
export async function findFacilities(text) {
  const { body } = await call('GET', `/v1/facilities?name=${encodeURIComponent(text)}`);
  take(body.facilities);
  return body.facilities.filter(({ id }) => city.byId.has(id));
}

/** @param {string[]} ids */
async function fetchById(ids) {
  for (let n = 0; n < ids.length; n += MostIds) {
    const query = ids.slice(n, n + MostIds).map(id => `id=${encodeURIComponent(id)}`).join('&');
    take((await call('GET', `/v1/facilities?${query}`)).body.facilities);
  }
}

/** Of a large city, the ids that were asked for because of their names, and those that are to be asked for next. @type {Set<string>} */
const named = new Set(), unnamed = new Set();

/**
 * What a facility is called; its id while that is not known. Of a large city it is fetched then: `onFacilities` tells when it is there.
 * @param {string} id
 */
export function facilityName(id) {
  if (city.isLarge && !city.byId.has(id) && !named.has(id)) {
    if (unnamed.size === 0) {
      queueMicrotask(nameThem);
    }
    unnamed.add(id);
  }
  return city.byId.has(id) ? nameOf(city.byId.get(id).name) : id;
}

function nameThem() {
  const ids = [...unnamed];
  unnamed.clear();
  ids.forEach(id => named.add(id));
  fetchById(ids).catch(() => ids.forEach(id => named.delete(id)));
}

/** All of the city but its numbers, which change; of a large one only its districts. */
const whatIsDrawn = () => JSON.stringify([
  city.districts,
  city.isLarge || city.facilities.map(({ id, name, district, position, timeZone }) => [id, name, district, position, timeZone]),
]);

/** The facilities of a scope of the hub. @param {string} scope */
export function facilitiesOf(scope) {
  const [kind, id] = scope.split(':');
  const isIn = {
    city: () => true, districts: () => false, district: facility => facility.district === id, facility: facility => facility.id === id,
  }[kind];
  return city.facilities.filter(isIn);
}
