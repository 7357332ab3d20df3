// Calls to the service, which also tell what time it is there. The phone's own clock may be wrong.

import { call as send, ProblemError } from '../shared/session.js';

// What to add to the page's steady clock to get the service's time: between these two, in milliseconds. The header Date has whole
// seconds, and the service renews it once a second: it may be 2 s old.
const DateAge = 2_000;
let least = -Infinity, most = Infinity;

/** The service's time in milliseconds since 1970, to about a second; the phone's until the service has answered once. */
export const now = () => (Number.isFinite(least) ? performance.now() + (least + most) / 2 : Date.now());

/** @param {string | null} date @param {number} sent @param {number} received both by the steady clock */
function noteTime(date, sent, received) {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) {
    return;
  }
  least = Math.max(least, at - received);
  most = Math.min(most, at + DateAge - sent);
  if (least > most) {
    // The steady clock stood still while the phone slept, or the service's was set: only the newest answer counts.
    [least, most] = [at - received, at + DateAge - sent];
  }
}

/** As `call` of session.js, whose answers it looks at. @param {string} method @param {string} path @param {unknown} [content] */
export async function call(method, path, content) {
  const sent = performance.now();
  const answer = await send(method, path, content);
  noteTime(answer.headers.get('Date'), sent, performance.now());
  return answer;
}

/** Whether a call failed because nobody answered, and not because the service refused. @param {unknown} error */
export const isLost = error => !(error instanceof ProblemError) || [502, 504].includes(error.status);

/** The zone of this browser, for times that belong to no facility. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
