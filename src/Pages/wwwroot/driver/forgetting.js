// What this browser keeps of its driver, and erasing it.

import { ClockKey, DeviceKey, OwnerKey } from './linked.js';
import { emptyVault } from './offline/vault.js';
import { forgetVehicles } from './vehicles.js';

/** Erases keys and certificates, and that this phone is linked. */
export async function unlinkPhone() {
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
export async function forgetPage() {
  await (await navigator.serviceWorker?.getRegistration('/driver'))?.unregister();
  // There are none where the page did not come by https.
  for (const name of await globalThis.caches?.keys() ?? []) {
    await (name.startsWith('parking.driver.') && caches.delete(name));
  }
}
