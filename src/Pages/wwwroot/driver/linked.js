// Whether this phone makes codes without a network.

/** Under this name the browser remembers, beside the database of keys, that there is a device: so their loss is noticed. */
export const DeviceKey = 'parking.device';

/** Under this name a linked phone keeps the open stays as they were last known. */
export const StaysKey = 'parking.stays';

/** What is remembered in place of the device's name, once the service does not know it any more. */
export const Revoked = 'revoked';

/** Under this name a linked phone remembers by how much its clock is wrong. */
export const ClockKey = 'parking.clock';

/** Also a phone that has lost its keys, or was removed, is one that was linked. */
export const isLinked = () => localStorage.getItem(DeviceKey) !== null;

/** Under this name the browser remembers who has linked it, by the name that the session says: nothing else there names a person. */
export const OwnerKey = 'parking.owner';

/** Under this name a tab remembers whose drafts it keeps. */
export const DraftsOfKey = 'parking.drafts-of';

/** Whether this phone may be of this person: another name is another person. @param {string | null} name as the session says it */
export const mayBeOf = name => [null, name ?? ''].includes(localStorage.getItem(OwnerKey));
