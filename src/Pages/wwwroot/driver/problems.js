// What went wrong with a call, in words.

import { isLost } from '../shared/session.js';
import { has, t } from '../shared/words.js';

/**
 * The words for a call that failed: those of the problem's kind if there are any, or else of its status.
 * @param {string} prefix of the texts: it has `lost`, `429`, `503` and `other`, and one for each kind, such as `own-invitation`
 * @param {any} error as `call` throws it
 */
export function problemIn(prefix, error) {
  const names = isLost(error) ? ['lost'] : [error.problem.type?.split(':').pop(), error.status];
  const known = names.find(name => has(`${prefix}.${name}`)) ?? 'other';
  return t(`${prefix}.${known}`, { status: error.status });
}
