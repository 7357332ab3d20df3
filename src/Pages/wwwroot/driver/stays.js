// The stays, open and past: read in time, shown by the modules that are loaded with them.

import { now } from '../shared/clock.js';
import { $, clone } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { knownOf, learn, recallFacilities } from './facilities.js';
import { isLinked, StaysKey } from './linked.js';

const RefreshEvery = 30_000, RefreshProvisional = 5_000, RefreshFailed = 5_000, AfterChange = 1_500;

/** @type {any[]} */
let open = [];
/** @type {any[] | null} */
let recent = null;
/** @type {((recent: any[], open: any[]) => void) | null} */
let paintPast = null;
let loadedAt = 0, timer = 0, isLoading = false, isAskedAgain = false;
/** Whether the prices on the screen were read since the connection was last lost, and the last reading did not fail. */
let isLive = false, isHeld = false;
/** How open stays look; null until there is one. @type {typeof import('./open-stays.js') | null} */
let view = null;
/** @type {(open: any[]) => void} */
let whenLoaded = () => { };

/** When the figures on the screen were made, by the service's clock; 0 if there are none. */
export const figuresFrom = () => loadedAt;

/** @param {(open: any[]) => void} onLoaded what to do with the open stays, each time they were read */
export function startStays(onLoaded) {
  whenLoaded = onLoaded;
  setInterval(paintOpen, 1_000);
  document.addEventListener('visibilitychange', () => document.hidden || loadStays());
  $('#places-card').addEventListener('toggle', showPlaces);
}

/** Whether the driver looks for a place. */
const isLooking = () => !document.hidden && $('#places-card').open && $('#places-card').getClientRects().length > 0;

async function showPlaces() {
  if (!isLooking()) {
    return;
  }
  try {
    const tab = await import('./places.js');
    tab.setFamiliar((recent ?? []).map(stay => stay.facility));
    await tab.openPlaces($('#places'), isLooking);
  } catch {
    const { root, part } = clone('failure');
    part.retry.addEventListener('click', showPlaces);
    $('#places').replaceChildren(root);
  }
}

/** While the connection is lost, prices are of the past, and afterwards until they have been read again. @param {boolean} isLost */
export function holdPrices(isLost) {
  isHeld = isLost;
  isLive &&= !isLost;
  paintOpen();
}

/** Reads the stays; asked while it reads, it reads once more. */
export async function loadStays() {
  if (isLoading) {
    isAskedAgain = true;
    return;
  }
  isLoading = true;
  clearTimeout(timer);
  let pause = RefreshEvery;
  try {
    const { body } = await call('GET', '/v1/me/stays');
    await learn([...body.open, ...body.recent].map(stay => stay.facility));
    if (body.open.length > 0) {
      view ??= await import('./open-stays.js');
    }
    [open, recent] = [body.open, body.recent];
    loadedAt = now();
    keep();
    isLive = !isHeld;
    pause = pauseUntilNext();
    paintOpen();
    paintPast?.(recent, open);
    whenLoaded(open);
  } catch {
    isLive = false;
    pause = RefreshFailed;
    paintOpen();
    if (!recent) {
      paintFailure();
    }
  } finally {
    isLoading = false;
    timer = setTimeout(() => document.hidden || loadStays(), isAskedAgain ? 0 : pause);
    isAskedAgain = false;
  }
}

/** A phone that makes codes by itself keeps the open stays; no other does. */
function keep() {
  if (isLinked()) {
    localStorage.setItem(StaysKey, JSON.stringify({ at: loadedAt, open, facilities: knownOf(open.map(stay => stay.facility)) }));
  } else {
    localStorage.removeItem(StaysKey);
  }
}

/** The open stays as they were last known, on a phone that is linked: until the service has answered. */
export async function recallStays() {
  const kept = isLinked() && localStorage.getItem(StaysKey);
  if (!kept) {
    return;
  }
  const { at, open: stays, facilities } = JSON.parse(kept);
  if (stays.length > 0) {
    view ??= await import('./open-stays.js');
  }
  if (!loadedAt) {
    recallFacilities(facilities);
    [open, loadedAt] = [stays, at];
    paintOpen();
  }
}

/** Until a price changes, a barrier is to have reported, or half a minute has gone. */
function pauseUntilNext() {
  const changes = open.map(stay => Date.parse(stay.quote?.nextChange?.leaveBy) - now()).filter(left => left > 0)
    .map(left => left + AfterChange);
  const reports = open.some(stay => stay.state === 'provisional') ? [RefreshProvisional] : [];
  return Math.min(RefreshEvery, ...changes, ...reports);
}

function paintOpen() {
  $('#no-stay').hidden = !loadedAt || open.length > 0;
  view?.paintOpen(open, isLive, loadedAt);
}

/** Shows the past stays, now and whenever they are read. */
export async function showPast() {
  try {
    const past = await import('./past-stays.js');
    await past.openTab();
    ({ paintPast } = past);
    if (recent) {
      paintPast(recent, open);
    }
  } catch {
    paintFailure(showPast);
  }
}

/** @param {() => void} [retry] */
function paintFailure(retry = loadStays) {
  const { root, part } = clone('failure');
  part.retry.addEventListener('click', retry);
  $('#stays').replaceChildren(root);
}
