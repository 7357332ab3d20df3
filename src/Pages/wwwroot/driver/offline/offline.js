// Codes without a network: what this phone has for them, in words; linking it; making a code. Loaded once the phone is linked.

import { $, setText } from '../../shared/dom.js';
import { call, openSession } from '../../shared/session.js';
import { day, short } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { cityZone } from '../facilities.js';
import { DeviceKey, isLinked, mayBeOf, OwnerKey, Revoked } from '../linked.js';
import { chosenPlate, keepVehicles, usablePlates } from '../vehicles.js';
import { makeCode } from './cose.js';
import { estimate, learnTime, watchClock } from './estimate.js';
import { endPassage, isOver, isUsable, leaveOut, linkDevice, restock, take } from './stock.js';
import { symbolOf } from './symbol.js';
import { changeCertificates, readVault } from './vault.js';

const Redraw = 30_000, Life = 60_000, Minute = 60_000, Day = 24 * 60 * Minute;

/** In milliseconds: a device whose sign-in counts for less than this is linked again, by whoever is signed in. */
const RelinkBefore = 60 * Day;

/** For which vehicles there are to be certificates; null until that is known. @returns {(string | null)[] | null} */
function plates() {
  const all = usablePlates();
  return all?.length === 0 ? [null] : all;
}

/** Whether the service has answered, and the vehicles for which there were certificates enough when it last did. */
let isReached = false, filledFor = '';

/**
 * A code of this phone's own, with its symbol.
 * @param {string | null} plate the vehicle that it names
 * @returns {Promise<{ text: string, symbol: { side: number, path: string }, life: number, redraw: number } | null>} life, redraw: in
 *   milliseconds from now; null if there is no certificate
 */
export async function make(plate) {
  const { at } = estimate();
  let certificate, text = null;
  while (!text && (certificate = await take(plate, at))) {
    const { bytes, key } = certificate;
    text = await makeCode(bytes, key, Math.floor(at / 1_000)).catch(() => null);
    if (!text) {
      leaveOut(certificate);
    }
  }
  paint();
  return text && { text, symbol: symbolOf(text), life: Life, redraw: Redraw };
}

/** A barrier has opened. */
export const passed = () => endPassage().then(paint);

/** A gate has refused a code of a device that is not linked: maybe this one. */
export async function refused() {
  if (localStorage.getItem(DeviceKey) === Revoked) {
    await changeCertificates(all => ({ drop: all }));
    await paint();
  }
}

/** The service has just answered: its time is known. */
export function reached() {
  isReached = true;
  learnTime();
  paint();
}

/** There is a connection: gets what is missing. */
export async function refill() {
  reached();
  try {
    const id = (await readVault()).device?.id;
    if (id && plates()) {
      await keepLinked(id);
    }
  } catch {
    // It is tried again with the next connection; what is there is good until it expires.
  }
  await paint();
}

/** The driver's vehicles, or the one that codes name, may be others now. */
export async function followVehicles() {
  await (isReached && filledFor !== String(plates()) ? refill() : paint());
}

/**
 * A device that others have retired is linked again. One that is not listed was removed, or the service has lost it: that is up to the
 * person, and its certificates stay until they are refused.
 * @param {string} id the device's name at the service
 */
async function keepLinked(id) {
  const { body } = await call('GET', '/v1/me/devices');
  const own = body.devices.find(device => device.id === id);
  if (!own) {
    await refuseOthers((await openSession()).name);
    remember(Revoked);
    return;
  }
  if (!isLinked()) {
    return;
  }
  const isGood = !own.retiredAt && Date.parse(own.renewableUntil) - estimate().at >= RelinkBefore;
  remember(isGood ? id : await linkDevice(own.name));
  const wanted = plates();
  await restock(wanted, estimate().at);
  filledFor = String(wanted);
}

/** Unless the person has signed out meanwhile. @param {string} id */
const remember = id => isLinked() && localStorage.setItem(DeviceKey, id);

/** Links this phone, and gets its certificates. */
export async function link() {
  const button = $('#link'), before = localStorage.getItem(DeviceKey);
  button.disabled = true;
  try {
    await navigator.storage?.persist?.();
    const { name } = await openSession();
    await refuseOthers(name);
    const hadKey = (await readVault()).device !== null;
    localStorage.setItem(DeviceKey, await linkDevice(nameOfPhone()));
    localStorage.setItem(OwnerKey, name ?? '');
    keepVehicles();
    await refill();
    if (before && before !== Revoked && !hadKey) {
      // Its keys are lost: nothing can be signed with them any more.
      call('DELETE', `/v1/me/devices/${before}`).catch(() => { });
    }
    keepShell().catch(() => { });
  } catch {
    setText($('#offline-note'), t('driver.offline.notLinked'));
  } finally {
    button.disabled = false;
  }
}

/** What the browser calls the system that it runs on. */
const nameOfPhone = () => (/** @type {any} */ (navigator).userAgentData?.platform || navigator.platform || 'Phone').slice(0, 40);

/** Keeps the page itself, so that it opens without a network. A browser that hides its cookies from workers cannot. */
async function keepShell() {
  if ('cookieStore' in window) {
    await navigator.serviceWorker.register('/driver/sw.js', { scope: '/driver' });
  }
}

/** Erases what another person has linked, and begins anew. @param {string | null} name who is signed in */
export async function refuseOthers(name) {
  if (!mayBeOf(name)) {
    await (await import('../forgetting.js')).forgetPhone();
    location.reload();
    await new Promise(() => { });
  }
}

/** Says for how long there are codes, what is wrong, and what helps. */
export async function paint() {
  const { device, certificates } = await readVault();
  const { at, offset } = estimate();
  const id = localStorage.getItem(DeviceKey);
  const isGood = !!device?.id && id !== Revoked;
  const usable = certificates.filter(one => one.plate === chosenPlate() && isUsable(one, at));
  $('#offline').hidden = false;
  $('#link').hidden = isGood;
  setText($('#link'), t(id ? 'driver.offline.linkAgain' : 'driver.offline.link'));
  setText($('#offline-note'), isGood ? stockInWords(usable, at) : t(`driver.offline.${!id ? 'why' : id === Revoked ? 'revoked' : 'lost'}`));
  setText($('#clock-note'), isGood ? clockInWords(offset) : '');
}

function stockInWords(usable, at) {
  if (usable.length === 0) {
    return t('driver.offline.expired');
  }
  const until = Math.max(...usable.map(one => one.expiresAt)) * 1_000;
  if (usable.every(one => one.shownAt !== null && isOver(one, at))) {
    return t('driver.offline.again');
  }
  return until - at < Day
    ? t('driver.offline.soon', { time: short(until, cityZone()) })
    : t('driver.offline.until', { day: day(until, cityZone()) });
}

function clockInWords(offset) {
  if (offset === null) {
    return t('driver.offline.clock');
  }
  const minutes = Math.round(Math.abs(offset) / Minute);
  return minutes === 0 ? '' : t(offset < 0 ? 'driver.offline.fast' : 'driver.offline.slow', { minutes });
}

watchClock(paint);
setInterval(paint, Minute);
paint();
