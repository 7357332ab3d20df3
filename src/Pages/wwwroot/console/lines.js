// Calls of the service in lines of JSON (NDJSON).

import { send } from '../shared/session.js';

/**
 * Posts lines, and reads those of the answer. @param {string} path @param {unknown[]} lines @returns {Promise<any[]>}
 * @throws {Error} as `call`
 */
export async function postLines(path, lines) {
  const answer = await send('POST', path, 'application/x-ndjson', lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  return (await answer.text()).split('\n').filter(line => line).map(line => JSON.parse(line));
}
