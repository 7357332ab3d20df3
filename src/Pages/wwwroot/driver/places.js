// Where spaces are free, and what they cost. Loaded when a driver who is not parked asks for it first.

import { $, clone, setList, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { call } from '../shared/session.js';
import { language, nameOf, t } from '../shared/words.js';
import { isConnectionLost, onConnection } from './connection.js';

/** How many places are shown, and how many of them at most because the driver knows them. */
const Shown = 8, ShownFamiliar = 4;

const RefreshEvery = 30_000, FindAfter = 300, DraftKey = 'parking.place-draft';

/** @type {any[]} */
let places = [];
/** Facilities that the driver knows, the last one first. @type {string[]} */
let familiar = [];
let finding = 0, asked = 0, readAt = -Infinity;
/** Whether the places are those of a name. */
let isFound = false;

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
  const lookAgain = () => {
    if (isConnectionLost()) {
      paint(false);
    } else if (isSeen() && performance.now() - readAt > RefreshEvery) {
      paint(false);
      refreshOrRead();
    }
  };
  onConnection(() => {
    readAt = -Infinity;
    lookAgain();
  });
  document.addEventListener('visibilitychange', lookAgain);
  addEventListener('hashchange', lookAgain);
  setInterval(() => isSeen() && refreshOrRead(), RefreshEvery);
}

const refreshOrRead = () => (places.length > 0 ? refresh() : readPlaces());

/** @param {string[]} ids facilities of the driver's stays, the last one first */
export function setFamiliar(ids) {
  familiar = [...new Set(ids)].slice(0, ShownFamiliar);
}

function findSoon() {
  clearTimeout(finding);
  finding = setTimeout(readPlaces, FindAfter);
}

/** Reads the places that have what is typed in their names; without that, where the driver has been and what has most free spaces. */
async function readPlaces() {
  const mine = ++asked, name = $('#places-find').value.trim(), known = name ? [] : familiar;
  const [those, most] = await Promise.all([
    known.length > 0 ? ask(known.map(id => ['id', id])) : [],
    ask([['most', Shown], ...(name ? [['name', name]] : [])]),
  ]);
  if (mine !== asked) {
    return;
  }
  isFound = name !== '';
  const isKnown = those !== null && most !== null;
  if (isKnown) {
    those.sort((a, b) => known.indexOf(a.id) - known.indexOf(b.id));
    places = [...those, ...most.filter(({ id }) => !known.includes(id))].slice(0, Shown);
  }
  paint(isKnown);
}

/** The same places with the numbers of now, in the same order: nothing moves under a finger. */
async function refresh() {
  const mine = asked, found = await ask(places.map(({ id }) => ['id', id]));
  if (mine === asked) {
    places = places.map(place => found?.find(({ id }) => id === place.id) ?? { ...place, state: undefined, occupancy: undefined });
    paint(found !== null);
  }
}

/** @param {any[][]} query names and values @returns {Promise<any[] | null>} null if they are not known now */
const ask = query => call('GET', `/v1/facilities?${new URLSearchParams(query)}`).then(({ body }) => body.facilities, () => null);

/** @param {boolean} isNow whether they are of now: numbers of before are not shown */
function paint(isNow) {
  readAt = isNow ? performance.now() : readAt;
  setList($('#places-list'), places, ({ id }) => id, makePlace, ({ part }, { name, capacity, state, occupancy }) => {
    const isKnown = isNow && occupancy && occupancy.confidence !== 'unknown';
    setText(part.name, nameOf(name));
    setText(part.free, isKnown ? t(occupancy.confidence === 'exact' ? 'places.free' : 'places.about', { n: occupancy.free }) : '—');
    setText(part.state, t(isNow && state === 'closed' ? 'places.closed'
      : isKnown && occupancy.free === 0 ? 'places.full' : 'places.of', { n: capacity }));
  });
  setText($('#places-note'), t(!isNow ? (isConnectionLost() ? 'places.lost' : 'places.unknown')
    : places.length === 0 ? 'places.none' : isFound ? 'places.found' : 'places.now'));
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
