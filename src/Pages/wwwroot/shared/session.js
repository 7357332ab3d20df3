// Who is signed in, and calls to the service on their behalf.

import { noteTime } from './clock.js';

/**
 * `duties`: what this person may do where, such as `operate@district:huangpu`.
 * @typedef {{ name: string | null, duties: string[], csrfToken: string, build: string }} Session
 */

/** In milliseconds. Without it a request that got lost would wait for minutes. */
const AnswerLimit = 10_000;

/** @type {Session | null} */
let session = null;

/** Other tabs of this browser: who signs out of one has signed out of all. */
const tabs = new BroadcastChannel('parking.session');
tabs.onmessage = () => {
  sessionStorage.clear();
  location.reload();
};

/** Leads to the sign-in, and from there back to this page. */
export function signIn() {
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}

/**
 * Who is signed in. Leads to the sign-in if nobody is; the promise then never ends. If the service has other pages than this one by now,
 * or another person has signed in, the page loads itself again, but not under a dialog that is open.
 * @returns {Promise<Session>}
 */
export async function openSession() {
  const before = session;
  session = (await call('GET', '/v1/session')).body;
  if (before && (before.build !== session.build || before.name !== session.name) && !document.querySelector('dialog[open]')) {
    location.reload();
  }
  return session;
}

/** Ends the session and leads to the sign-in, where the provider asks who it is. @throws {Error} The session has not ended. */
export async function signOut() {
  await call('POST', '/sign-out');
  tabs.postMessage('signed out');
  location.assign(`/sign-in?again=true&to=${encodeURIComponent(location.pathname)}`);
}

/** An answer of the service that is no success. `problem` is its problem document (RFC 9457), where it sent one. */
export class ProblemError extends Error {
  /** @param {number} status @param {{ type?: string, title?: string, detail?: string }} problem */
  constructor(status, problem) {
    super(problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Calls the service.
 * @param {string} method @param {string} path @param {unknown} [content] sent as JSON
 * @returns {Promise<{ status: number, body: any }>} body: the parsed JSON; null if there is none
 * @throws {ProblemError} The service answered, but with an error.
 * @throws {Error} Nobody answered, or not within 10 s.
 */
export async function call(method, path, content) {
  const isSent = content !== undefined;
  const answer = await send(method, path, isSent ? 'application/json' : null, isSent ? JSON.stringify(content) : undefined);
  return { status: answer.status, body: await jsonOf(answer) };
}

const jsonOf = answer => (/json/.test(answer.headers.get('Content-Type')) ? answer.json() : null);

/** Sends a request; @throws {Error} as `call`. @param {string | null} contentType @param {string} [body] @param {number} [limit] in ms */
export async function send(method, path, contentType, body, limit = AnswerLimit) {
  const headers = new Headers({ Accept: contentType ?? 'application/json' });
  if (method !== 'GET' && session) {
    headers.set('X-Csrf-Token', session.csrfToken);
  }
  if (contentType) {
    headers.set('Content-Type', contentType);
  }
  const sent = performance.now();
  const answer = await fetch(path, { method, headers, body, cache: 'no-store', signal: AbortSignal.timeout(limit) });
  noteTime(answer.headers.get('Date'), sent, performance.now());
  if (answer.status === 401) {
    signIn();
    return new Promise(() => { });
  }
  if (!answer.ok) {
    const problem = await jsonOf(answer) ?? {};
    if (answer.status === 403 && problem.type?.endsWith(':invalid-csrf-token')) {
      // The session is another one by now, of the same person or of another: the next call has its token.
      openSession().catch(() => { });
    }
    throw new ProblemError(answer.status, problem);
  }
  return answer;
}

/** Whether a call failed because nobody answered, and not because the service refused. @param {unknown} error */
export const isLost = error => !(error instanceof ProblemError) || [502, 504].includes(error.status);
