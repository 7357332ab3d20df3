// Who is signed in, and calls to the service on their behalf.

/** @typedef {{ name: string | null, operator: boolean, csrfToken: string }} Session */

/** In milliseconds. Without it a request that got lost would wait for minutes. */
const AnswerLimit = 10_000;

/** @type {Session | null} */
let session = null;

/** Leads to the sign-in, and from there back to this page. */
export function signIn() {
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}

/**
 * Who is signed in. Leads to the sign-in if nobody is; the promise then never ends.
 * @returns {Promise<Session>}
 */
export async function openSession() {
  session = (await call('GET', '/v1/session')).body;
  return session;
}

/** Ends the session and leads to the sign-in. */
export async function signOut() {
  await call('POST', '/sign-out');
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
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
 * @returns {Promise<{ status: number, headers: Headers, body: any }>} body: the parsed JSON; null if there is none
 * @throws {ProblemError} The service answered, but with an error.
 * @throws {Error} Nobody answered, or not within 10 s.
 */
export async function call(method, path, content) {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET' && session) {
    headers.set('X-Csrf-Token', session.csrfToken);
  }
  if (content !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  const answer = await fetch(path, {
    method, headers, body: content === undefined ? undefined : JSON.stringify(content), cache: 'no-store',
    signal: AbortSignal.timeout(AnswerLimit),
  });
  if (answer.status === 401) {
    signIn();
    return new Promise(() => { });
  }
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  const body = isJson ? await answer.json() : null;
  if (!answer.ok) {
    throw new ProblemError(answer.status, body ?? {});
  }
  return { status: answer.status, headers: answer.headers, body };
}
