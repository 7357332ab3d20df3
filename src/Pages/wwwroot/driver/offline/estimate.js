// What time it is at the service, as well as this phone can tell without asking: by its own clock, which may be wrong, and by how much it
// was wrong when the service last answered.

import { assume, now } from '../../shared/clock.js';
import { ClockKey, isLinked } from '../linked.js';

/** In milliseconds: clocks that differ by no more have not been set. */
const Tolerance = 2_000;

/** offset: what to add to this phone's clock, null if that is not known; seen: its clock when it was last looked at. */
let { offset, seen } = JSON.parse(localStorage.getItem(ClockKey) ?? '{"offset":null,"seen":0}');
/** @type {() => void} */
let whenSet = () => { };
let wall = Date.now(), steady = performance.now(), wasHidden = true;

function keep() {
  assume(offset ?? 0);
  seen = Date.now();
  if (isLinked()) {
    localStorage.setItem(ClockKey, JSON.stringify({ offset, seen }));
  }
}

/**
 * A clock that was set makes the offset unknown. It was set if it is behind where it was seen before, or has gone another way than the
 * browser's steady clock. That one may stand still while the phone sleeps: then it is behind, and the page was out of sight.
 */
function check() {
  const ahead = Date.now() - wall - (performance.now() - steady);
  const isSet = Date.now() < seen - Tolerance || ahead < -Tolerance || (ahead > Tolerance && !wasHidden);
  [wall, steady, wasHidden] = [Date.now(), performance.now(), document.hidden];
  if (isSet) {
    offset = null;
    keep();
    whenSet();
  }
}

/** @param {() => void} onSet what to do when this phone's clock was set */
export function watchClock(onSet) {
  whenSet = onSet;
  setInterval(check, 1_000);
  document.addEventListener('visibilitychange', () => {
    wasHidden ||= document.hidden;
    check();
  });
}

/** The service has just answered: its time is known now. */
export function learnTime() {
  check();
  offset = now() - Date.now();
  keep();
}

/**
 * The best estimate. @returns {{ at: number, offset: number | null }} at: milliseconds since 1970; offset: by how much this phone's clock
 * is behind, in milliseconds; null if that is not known: it is taken to be right then
 */
export function estimate() {
  check();
  keep();
  return { at: Date.now() + (offset ?? 0), offset };
}
