// Where the phone keeps its keys and certificates: a database of the browser. Keys are kept as objects, their bytes are never seen.

/**
 * @typedef {{ id: string | null, key: CryptoKey, point: { x: string, y: string } }} Device this phone: its name at the
 *   service, null until it was linked, and its own key, which signs requests for certificates
 * @typedef {object} Certificate
 * @property {number} [number] its place in the database
 * @property {string} device the name at the service that the phone had when it got this
 * @property {string | null} plate the vehicle that codes with it name; null for none
 * @property {Uint8Array} bytes
 * @property {CryptoKey} key signs codes with it
 * @property {number} issuedAt seconds since 1970 @property {number} expiresAt seconds since 1970
 * @property {number | null} shownAt when a code with it was shown first: milliseconds since 1970 by the service's clock; null: never
 */

const Name = 'parking.device';

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answerOf = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(Name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('device');
      request.result.createObjectStore('certificates', { keyPath: 'number', autoIncrement: true });
    };
    request.onsuccess = () => {
      const database = request.result;
      const close = () => {
        database.close();
        opening = null;
      };
      // Another tab erases it, or the browser does.
      database.onversionchange = close;
      database.onclose = close;
      resolve(database);
    };
    request.onerror = () => {
      opening = null;
      reject(request.error);
    };
  });
  return opening;
}

/**
 * One transaction: all of it takes place, or nothing.
 * @template T @param {IDBTransactionMode} mode
 * @param {(device: IDBObjectStore, certificates: IDBObjectStore) => Promise<T> | T} action waits for nothing but the database
 * @returns {Promise<T>}
 */
async function transact(mode, action) {
  const transaction = (await open()).transaction(['device', 'certificates'], mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const result = await action(transaction.objectStore('device'), transaction.objectStore('certificates'));
  await done;
  return result;
}

/** @returns {Promise<{ device: Device | null, certificates: Certificate[] }>} */
export const readVault = () => transact('readonly', async (device, certificates) => {
  const [linked, all] = await Promise.all([answerOf(device.get(0)), answerOf(certificates.getAll())]);
  return { device: linked ?? null, certificates: all };
});

/** Keeps the device, beside the certificates that are there. @param {Device} linked */
export const keepDevice = linked => transact('readwrite', device => {
  device.put(linked, 0);
});

/** Notes a device's name at the service, if the device is still there. @param {Device} linked @param {string} id */
export const nameDevice = (linked, id) => transact('readwrite', async device => {
  const kept = await answerOf(device.get(0));
  if (kept?.point.x !== linked.point.x) {
    throw new Error('Another device is kept.');
  }
  device.put({ ...kept, id }, 0);
});

/** Erases the device, not its certificates. */
export const dropDevice = () => transact('readwrite', device => {
  device.delete(0);
});

/**
 * Changes the certificates as they are when nobody else changes them.
 * @template T
 * @param {(all: Certificate[], id: string | null) => { keep?: Certificate[], drop?: Certificate[], result?: T }} change id: the device's
 *   name at the service, null if none is linked; keep: new or changed ones; drop: those that are erased, with their keys
 * @returns {Promise<T | undefined>} the result of the change
 */
export const changeCertificates = change => transact('readwrite', async (device, certificates) => {
  const [linked, all] = await Promise.all([answerOf(device.get(0)), answerOf(certificates.getAll())]);
  const { keep = [], drop = [], result } = change(all, linked?.id ?? null);
  keep.forEach(certificate => certificates.put(certificate));
  drop.forEach(certificate => certificates.delete(certificate.number));
  return result;
});

/** Erases everything. */
export async function emptyVault() {
  if (opening) {
    (await opening).close();
    opening = null;
  }
  await answerOf(indexedDB.deleteDatabase(Name));
}
