// What time it is at the service. This machine's clock may be wrong or set anew, and its steady clock may stand still while it sleeps.

// What to add to the steady clock to get the service's time: between these two, in milliseconds. The header Date has whole seconds, and
// the service renews it once a second: it may be 2 s old.
const DateAge = 2_000;
let least = -Infinity, most = Infinity;

/** By how much this machine's clock is taken to be behind until the service has answered: in milliseconds. */
let assumed = 0;

/** Both clocks of this machine when the service last told the time. */
let told = { steady: 0, wall: 0 };

/** How far the clock has gone on while the steady one stood still. */
function slept() {
  const more = Date.now() - told.wall - (performance.now() - told.steady);
  return more > DateAge ? more : 0;
}

/** The service's time in milliseconds since 1970, to about a second; what is assumed until the service has answered once. */
export const now = () => (Number.isFinite(least) ? performance.now() + (least + most) / 2 + slept() : Date.now() + assumed);

/** Until the service has answered, this machine's clock is taken to be behind by so much. @param {number} offset in milliseconds */
export const assume = offset => { assumed = offset; };

/** A time of this machine's clock as the service's clock has it. @param {number} at milliseconds since 1970 */
export const trueTime = at => now() - (Date.now() - at);

/** @param {string | null} date the header Date @param {number} sent @param {number} received both by the steady clock */
export function noteTime(date, sent, received) {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) {
    return;
  }
  least = Math.max(least, at - received);
  most = Math.min(most, at + DateAge - sent);
  if (least > most || slept()) {
    // The machine slept, or the service's clock was set: only the newest answer counts.
    [least, most] = [at - received, at + DateAge - sent];
  }
  told = { steady: performance.now(), wall: Date.now() };
}
