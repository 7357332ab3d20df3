// What the list of cases and the stay's page have in common: sending steps, states, and what went wrong.

import { now } from '../../shared/clock.js';
import { setText } from '../../shared/dom.js';
import { drawId } from '../../shared/ids.js';
import { call, isLost } from '../../shared/session.js';
import { has, t, wordFor } from '../../shared/words.js';
import { wordsOf } from '../panel.js';

/** The names of steps whose answers were lost, by what was sent. @type {Map<string, string>} */
const unanswered = new Map();

/**
 * Sends a step. If its answer was lost and the same is sent again, it has the same name: nothing is done twice.
 * @param {string} path @param {{ version?: number, text?: string, assignee?: string }} content
 * @returns {Promise<any>} the case as it is now
 * @throws {Error} as `call`
 */
export async function sendStep(path, content) {
  const key = `${path} ${JSON.stringify(content)}`;
  const id = unanswered.get(key) ?? drawId(now());
  unanswered.set(key, id);
  try {
    const { body } = await call('POST', path, { id, ...content });
    unanswered.delete(key);
    return body;
  } catch (error) {
    if (!isLost(error)) {
      unanswered.delete(key);
    }
    throw error;
  }
}

/** @param {HTMLElement} node @param {{ state: string }} one */
export function paintCaseState(node, { state }) {
  setText(node, wordFor('cases.word.state', state));
  node.dataset.case = state;
  node.dataset.mark = '';
}

/** What went wrong, in the page's language. @param {any} error */
export function problemOf(error) {
  const key = `cases.problem.${error.problem?.type?.split(':').at(-1)}`;
  return has(key) ? t(key) : wordsOf(error);
}
