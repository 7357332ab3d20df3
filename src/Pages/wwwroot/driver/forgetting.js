// What this browser keeps of its driver, and erasing it.

import { call } from '../shared/session.js';
import { ClockKey, DeviceKey, OwnerKey, Revoked, StaysKey } from './linked.js';
import { emptyVault } from './offline/vault.js';
import { forgetVehicles, keepVehicles } from './vehicles.js';

/** Whoever signs out leaves no codes behind. @throws {Error} The service could not be told. */
export async function forget() {
  await endDevice();
  await forgetPhone();
  await forgetPage();
}

/** Ends this phone; its driver stays signed in. @throws {Error} The service could not be told. */
export async function unlink() {
  await endDevice();
  await unlinkPhone();
  keepVehicles();
  await forgetPage();
}

async function endDevice() {
  const id = localStorage.getItem(DeviceKey);
  if (id !== Revoked) {
    await call('DELETE', `/v1/me/devices/${id}`);
  }
}

/** Erases keys and certificates, the stays that only a linked phone keeps, and that it is linked. */
async function unlinkPhone() {
  localStorage.removeItem(StaysKey);
  localStorage.removeItem(DeviceKey);
  localStorage.removeItem(OwnerKey);
  await emptyVault();
}

/** The same, and the vehicles and drafts. */
export async function forgetPhone() {
  forgetVehicles();
  await unlinkPhone();
}

/** All of it: nothing is left but language and theme. */
export async function forgetEverything() {
  await forgetPhone();
  localStorage.removeItem(ClockKey);
  await forgetPage();
}

/** Erases the page itself, which only a linked phone keeps. */
async function forgetPage() {
  await (await navigator.serviceWorker?.getRegistration('/driver'))?.unregister();
  // There are none where the page did not come by https.
  for (const name of await globalThis.caches?.keys() ?? []) {
    await (name.startsWith('parking.driver.') && caches.delete(name));
  }
}
