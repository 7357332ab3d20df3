// Lists that the service answers: read whenever their tab is opened. What was known stays where there is no answer, with its time.

import { now } from '../../shared/clock.js';
import { $, clone, setText } from '../../shared/dom.js';
import { short } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { cityZone } from '../facilities.js';
import { problemIn } from '../problems.js';

/**
 * What reads a list and shows it.
 * @template T
 * @param {string} id of the list's element; its note has `-note` behind that
 * @param {() => Promise<T>} read @param {(list: any, answer: T) => void} paint
 * @returns {() => Promise<void>}
 */
export function makeList(id, read, paint) {
  let knownAt = 0, asked = 0;
  return async function load() {
    const list = $(`#${id}`), note = $(`#${id}-note`), turn = ++asked;
    try {
      const answer = await read();
      if (turn !== asked) {
        return;
      }
      knownAt = now();
      list.removeAttribute('aria-busy');
      setText(note, '');
      paint(list, answer);
    } catch (error) {
      if (knownAt) {
        setText(note, t('help.list.asOf', { time: short(knownAt, cityZone()) }));
        return;
      }
      const { root, part } = clone('failure');
      setText($('p', root), problemIn('help.list', error));
      part.retry.addEventListener('click', load);
      list.removeAttribute('aria-busy');
      list.replaceChildren(root);
    }
  };
}
