// Whether the connection to the service is lost, for what must not be sent then.

let isLost = false;
/** @type {(() => void)[]} */
const listeners = [];

/** Whether it is lost now. */
export const isConnectionLost = () => isLost;

/** @param {() => void} listener what to do when it is lost, and when it is back */
export const onConnection = listener => listeners.push(listener);

/** @param {boolean} isLostNow */
export function noteConnection(isLostNow) {
  if (isLostNow !== isLost) {
    isLost = isLostNow;
    listeners.forEach(listener => listener());
  }
}
