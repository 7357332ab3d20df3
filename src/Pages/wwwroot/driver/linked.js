// Whether this phone makes codes without a network.

/** Under this name the browser remembers, beside the database of keys, that there is a device: so their loss is noticed. */
export const DeviceKey = 'parking.device';

/** Also a phone that has lost its keys, or was removed, is one that was linked. */
export const isLinked = () => localStorage.getItem(DeviceKey) !== null;
