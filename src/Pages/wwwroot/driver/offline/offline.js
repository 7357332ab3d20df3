// Codes without a network: what this phone has for them, in words; linking it; making a code. Loaded once the phone is linked.

import { $, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { day, short } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { cityZone } from '../facilities.js';
import { DeviceKey } from '../linked.js';
import { chosenPlate, vehicleList } from '../vehicles.js';
import { makeCode } from './cose.js';
import { estimate, learnTime, watchClock } from './estimate.js';
import { endPassage, isOver, isUsable, linkDevice, restock, take } from './stock.js';
import { symbolOf } from './symbol.js';
import { emptyVault, readVault } from './vault.js';

/** What is remembered in place of the device's name at the service, once it takes no codes of it. */
const Revoked = 'revoked';

const Redraw = 30_000, Life = 60_000, Minute = 60_000, Day = 24 * 60 * Minute;

/** In milliseconds: a device whose sign-in counts for less than this is linked again, by whoever is signed in. */
const RelinkBefore = 60 * Day;

/** For which vehicles there are to be certificates; null until that is known. @returns {(string | null)[] | null} */
function plates() {
  const vehicles = vehicleList();
  return vehicles?.length === 0 ? [null] : vehicles?.map(vehicle => vehicle.plate) ?? null;
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
  const certificate = await take(plate, at);
  if (!certificate) {
    paint();
    return null;
  }
  try {
    const text = await makeCode(certificate.bytes, certificate.key, Math.floor(at / 1_000));
    return { text, symbol: symbolOf(text), life: Life, redraw: Redraw };
  } catch {
    // The browser has the certificate, but its key is of no use any more.
    await emptyVault();
    return null;
  } finally {
    paint();
  }
}

/** A barrier has opened. */
export const passed = () => endPassage().then(paint);

/** The service has just answered: its time is known. */
export function reached() {
  isReached = true;
  learnTime();
  paint();
}

/** There is a connection: gets what is missing. */
export async function refill() {
  reached();
  const id = localStorage.getItem(DeviceKey);
  try {
    if (id && id !== Revoked && plates() && (await readVault()).device) {
      await keepLinked(id);
    }
  } catch (error) {
    if (/** @type {any} */ (error).problem?.type?.endsWith(':device-not-proven')) {
      await revoked();
    }
    // Anything else is tried again with the next connection; what is there is good until it expires.
  }
  await paint();
}

/** The driver's vehicles, or the one that codes name, may be others now. */
export async function followVehicles() {
  await (isReached && filledFor !== String(plates()) ? refill() : paint());
}

/** @param {string} id the device's name at the service */
async function keepLinked(id) {
  const { body } = await call('GET', '/v1/me/devices');
  const own = body.devices.find(device => device.id === id);
  if (!own) {
    await revoked();
    return;
  }
  if (Date.parse(own.renewableUntil) - estimate().at < RelinkBefore) {
    const { device } = await readVault();
    await call('POST', '/v1/me/devices', { name: own.name, key: device.point });
  }
  const wanted = plates();
  await restock(wanted, estimate().at);
  filledFor = String(wanted);
}

/** The service takes no codes of this phone: somebody has removed it, or another person is signed in. */
async function revoked() {
  await emptyVault();
  localStorage.setItem(DeviceKey, Revoked);
}

/** Links this phone, and gets its certificates. */
export async function link() {
  const button = $('#link'), before = localStorage.getItem(DeviceKey);
  button.disabled = true;
  try {
    await navigator.storage?.persist?.();
    localStorage.setItem(DeviceKey, await linkDevice(nameOfPhone()));
    if (before && before !== Revoked) {
      // Its keys are lost: nothing can be signed with them any more.
      call('DELETE', `/v1/me/devices/${before}`).catch(() => { });
    }
    await keepShell();
    await refill();
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

/** Whoever signs out leaves no codes behind. @throws {Error} The service could not be told. */
export async function forget() {
  const id = localStorage.getItem(DeviceKey);
  if (id !== Revoked) {
    await call('DELETE', `/v1/me/devices/${id}`);
  }
  localStorage.removeItem(DeviceKey);
  await emptyVault();
  await (await navigator.serviceWorker.getRegistration('/driver'))?.unregister();
}

/** Says for how long there are codes, what is wrong, and what helps. */
export async function paint() {
  const { device, certificates } = await readVault();
  const { at, offset } = estimate();
  const id = localStorage.getItem(DeviceKey);
  const usable = certificates.filter(one => one.plate === chosenPlate() && isUsable(one, at));
  $('#offline').hidden = false;
  $('#link').hidden = device !== null;
  setText($('#link'), t(id ? 'driver.offline.linkAgain' : 'driver.offline.link'));
  setText($('#offline-note'), device ? stockInWords(usable, at) : t(`driver.offline.${!id ? 'why' : id === Revoked ? 'revoked' : 'lost'}`));
  setText($('#clock-note'), device ? clockInWords(offset) : '');
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
