// Where spaces are free, and what they cost. Loaded when a driver who is not parked asks for it first.

import { $, clone, setList, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { call } from '../shared/session.js';
import { language, nameOf, t } from '../shared/words.js';

const Shown = 8, RefreshEvery = 30_000, FindAfter = 300, DraftKey = 'parking.place-draft';

/** @type {any[]} */
let places = [];
/** Facilities that the driver knows, the last one first. @type {string[]} */
let familiar = [];
let finding = 0, asked = 0, readAt = -Infinity;

/** @type {Promise<void> | null} */
let opening = null;

/**
 * Makes the list ready, and reads it. @param {HTMLElement} place where it is shown @param {() => boolean} isSeen
 * @throws {Error} Its part of the page could not be fetched; it can be asked for again.
 */
export async function openPlaces(place, isSeen) {
  opening ??= open(place, isSeen).catch(error => {
    opening = null;
    throw error;
  });
  await opening;
  await readPlaces();
}

async function open(place, isSeen) {
  await loadPart('/driver/parts/places', place);
  const find = $('#places-find');
  find.value = sessionStorage.getItem(DraftKey) ?? '';
  find.addEventListener('input', event => {
    sessionStorage.setItem(DraftKey, find.value);
    if (!event.isComposing) {
      findSoon();
    }
  });
  find.addEventListener('compositionend', findSoon);
  document.addEventListener('visibilitychange', () => {
    if (isSeen() && performance.now() - readAt > RefreshEvery) {
      paint(null);
      refreshOrRead();
    }
  });
  setInterval(() => isSeen() && refreshOrRead(), RefreshEvery);
}

const refreshOrRead = () => (places.length > 0 ? refresh() : readPlaces());

/** @param {string[]} ids facilities of the driver's stays, the last one first */
export function setFamiliar(ids) {
  familiar = [...new Set(ids)];
}

function findSoon() {
  clearTimeout(finding);
  finding = setTimeout(readPlaces, FindAfter);
}

/** Reads the places that have what is typed in their names, or all. */
async function readPlaces() {
  const mine = ++asked, name = $('#places-find').value.trim();
  const found = await ask(name && `?name=${encodeURIComponent(name)}`);
  if (mine !== asked) {
    return;
  }
  if (found) {
    places = found.sort((a, b) => rankOf(a) - rankOf(b) || (b.occupancy?.free ?? -1) - (a.occupancy?.free ?? -1)).slice(0, Shown);
  }
  paint(found ? found.length : null);
}

/** Where the driver has been comes first, then what takes vehicles in. */
function rankOf({ id, state, occupancy }) {
  const place = familiar.indexOf(id);
  return place >= 0 ? place - familiar.length : state === 'closed' || occupancy?.free === 0 ? 1 : 0;
}

/** The same places with the numbers of now, in the same order: nothing moves under a finger. */
async function refresh() {
  const mine = asked, found = await ask(`?${places.map(({ id }) => `id=${encodeURIComponent(id)}`).join('&')}`);
  if (mine === asked) {
    places = places.map(place => found?.find(({ id }) => id === place.id) ?? { ...place, state: undefined, occupancy: undefined });
    paint(found ? places.length : null);
  }
}

/** @param {string} query @returns {Promise<any[] | null>} null if they are not known now */
const ask = query => call('GET', `/v1/facilities${query}`).then(({ body }) => body.facilities, () => null);

/** @param {number | null} count how many there are; null: they are not known now, and numbers of before are not shown */
function paint(count) {
  readAt = count === null ? readAt : performance.now();
  setList($('#places-list'), places, ({ id }) => id, makePlace, ({ part }, { name, capacity, state, occupancy }) => {
    const isKnown = count !== null && occupancy && occupancy.confidence !== 'unknown';
    setText(part.name, nameOf(name));
    setText(part.free, isKnown ? t(occupancy.confidence === 'exact' ? 'places.free' : 'places.about', { n: occupancy.free }) : '—');
    setText(part.state, t(count !== null && state === 'closed' ? 'places.closed'
      : isKnown && occupancy.free === 0 ? 'places.full' : 'places.of', { n: capacity }));
  });
  setText($('#places-note'), t(count === null ? 'places.lost' : count === 0 ? 'places.none' : 'places.now'));
}

/** Its prices are fetched when it is opened. A board begins with the name, which stands above it here. */
function makePlace({ id, name }) {
  const { root, part } = clone('place');
  root.addEventListener('toggle', async () => {
    if (!root.open || part.board.hasChildNodes()) {
      return;
    }
    setText(part.problem, '');
    try {
      const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(id)}/price-board`);
      part.board.replaceChildren(...body[language].filter(line => line !== nameOf(name)).map(line => {
        const piece = clone('place-price');
        setText(piece.root, line);
        return piece.root;
      }));
    } catch (error) {
      setText(part.problem, t(error.status === 404 ? 'places.noPrice' : 'places.noBoard'));
    }
  });
  return { root, part };
}
