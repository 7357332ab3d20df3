// The phone's certificates: eight for each vehicle, each for one passage. Got from the service by the proof of the device's own key.

import { call } from '../../shared/session.js';
import { fromBase64Url, makeKey, makeProof, timesOf, toBase64Url } from './cose.js';
import { changeCertificates, dropDevice, keepDevice, nameDevice, readVault } from './vault.js';

/** How many passages a vehicle can make without a network before two of them look alike. */
const Stock = 8;

/** How many a request may ask for. */
const MostAtOnce = 64;

/** In seconds: certificates are replaced when they have less left than this. They live for 7 days. */
const Fresh = 4 * 24 * 3_600;

/** In milliseconds: so long after its first showing, a certificate is shown for another passage. */
const Passage = 15 * 60_000;

/** In seconds: how long a code lives, and what clocks may be off. */
const CodeLife = 60, Skew = 30;

/** @typedef {import('./vault.js').Certificate} Certificate */

/** Places of certificates that cannot sign. */
const failed = new Set();

const isFresh = (certificate, at) =>
  !failed.has(certificate.number) && certificate.shownAt === null && certificate.expiresAt - at / 1_000 > Fresh;

/** Whether a code can be made with it now. @param {Certificate} certificate @param {number} at the service's time in ms since 1970 */
export const isUsable = ({ issuedAt, expiresAt }, at) => issuedAt - Skew <= at / 1_000 && at / 1_000 + CodeLife <= expiresAt;

/**
 * Links this phone: whoever is signed in lets it make codes. Its key is kept first, so that a lost answer leaves no second device behind.
 * @param {string} name what the citizen calls it
 * @returns {Promise<string>} its name at the service
 * @throws {Error} as `call`; or the device was erased meanwhile
 */
export async function linkDevice(name) {
  let { device } = await readVault();
  if (!device) {
    device = { id: null, ...await makeKey() };
    await keepDevice(device);
  }
  const { body } = await call('POST', '/v1/me/devices', { name, key: device.point });
  await nameDevice(device, body.id);
  return body.id;
}

/**
 * Gets what is missing, and erases what is of no more use. One tab at a time, and only for the device that asked.
 * @param {(string | null)[]} plates the vehicles; null for codes without one
 * @param {number} at the service's time in milliseconds since 1970
 * @throws {Error} as `call`
 */
export const restock = (plates, at) => navigator.locks.request('parking.restock', async () => {
  const { device, certificates } = await readVault();
  const wanted = plates.flatMap(plate => {
    const fresh = certificates.filter(one => one.device === device.id && one.plate === plate && isFresh(one, at)).length;
    return new Array(Math.max(0, Stock - fresh)).fill(plate);
  });
  const { got, refused } = await requestAll(device, wanted);
  await changeCertificates((all, id) => (id !== device.id ? {} : {
    keep: got,
    drop: all.filter(old => old.device !== id || old.expiresAt - CodeLife < at / 1_000 || !plates.includes(old.plate)
      || failed.has(old.number) || (old.shownAt === null && !isFresh(old, at) && !refused.has(old.plate))),
  }));
});

/** In one request; where that is refused, or would ask for too many, in one for each vehicle. */
async function requestAll(device, plates) {
  try {
    if (plates.length <= MostAtOnce) {
      return { got: plates.length > 0 ? await request(device, plates) : [], refused: new Set() };
    }
  } catch (error) {
    if (![404, 409].includes(error.status)) {
      throw error;
    }
  }
  return (await import('./each.js')).requestEach(plates, some => request(device, some));
}

/** @param {import('./vault.js').Device} device @param {(string | null)[]} plates @returns {Promise<Certificate[]>} */
async function request(device, plates) {
  const keys = await Promise.all(plates.map(makeKey));
  const { body: { challenge } } = await call('POST', '/v1/devices/challenges', { device: device.id });
  const wanted = plates.map((plate, i) => ({ plate: plate ?? undefined, key: keys[i].point }));
  let proof;
  try {
    proof = await makeProof(device.key, { challenge, certificates: wanted });
  } catch (error) {
    await dropDevice();
    throw error;
  }
  const { body } = await call('POST', '/v1/devices/certificates', { device: device.id, proof: toBase64Url(proof) });
  return body.certificates.map((text, i) => {
    const bytes = fromBase64Url(text);
    return { device: device.id, plate: plates[i], bytes, key: keys[i].key, ...timesOf(bytes), shownAt: null };
  });
}

/**
 * The certificate for the next code: that of this passage, or else one that was never shown, or else the last one again. Those of past
 * passages are erased, with their keys.
 * @param {string | null} plate @param {number} at the service's time in milliseconds since 1970
 * @returns {Promise<Certificate | undefined>}
 */
export const take = (plate, at) => changeCertificates(all => {
  const usable = all.filter(one => one.plate === plate && !failed.has(one.number) && isUsable(one, at));
  const shown = usable.filter(one => one.shownAt !== null).sort((a, b) => b.shownAt - a.shownAt);
  const unshown = usable.filter(one => one.shownAt === null).sort((a, b) => a.expiresAt - b.expiresAt);
  const last = shown[0];
  if (last && (unshown.length === 0 || !isOver(last, at))) {
    return { result: last };
  }
  const next = unshown[0] && { ...unshown[0], shownAt: at };
  return next ? { keep: [next], drop: shown, result: next } : {};
});

/** Whether the passage for which it was shown is over. @param {Certificate} certificate @param {number} at as in `take` */
export const isOver = (certificate, at) => Math.abs(at - certificate.shownAt) > Passage;

/** No code can be made with it: it is not taken again. @param {Certificate} certificate */
export const leaveOut = certificate => failed.add(certificate.number);

/** A barrier has opened: what is shown from now on is for another passage. */
export const endPassage = () => changeCertificates(all => ({
  keep: all.filter(one => one.shownAt !== null).map(one => ({ ...one, shownAt: 0 })),
}));
