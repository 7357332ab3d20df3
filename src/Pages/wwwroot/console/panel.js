// A panel that fetches: skeleton while it waits, the problem's title and a retry if it fails, old content while it fetches again.

import { clone, setText } from '../shared/dom.js';
import { ProblemError } from '../shared/session.js';
import { has, t } from '../shared/words.js';

/** What went wrong, in the page's language: problem documents have English titles only. @param {unknown} error */
export function wordsOf(error) {
  if (!(error instanceof ProblemError)) {
    return t('console.noAnswer');
  }
  if (/:(audit|back-office)-unavailable$/.test(error.problem.type)) {
    return t('console.problem.backOffice');
  }
  const key = `console.problem.${error.status}`;
  return has(key) ? t(key) : t('console.problem.other', { status: error.status });
}

/** Panels that fetch now, and what each is to fetch next. @type {WeakMap<Element, (() => Promise<void>) | null>} */
const fetching = new WeakMap();

/**
 * Runs `fetchIt`, and shows in the panel that it failed. A panel fetches one thing at a time; what is asked for meanwhile comes next.
 * @param {Element} panel @param {() => Promise<void>} fetchIt
 * @returns {Promise<boolean>} whether it has been fetched
 */
export async function fetchInto(panel, fetchIt) {
  if (fetching.has(panel)) {
    fetching.set(panel, fetchIt);
    return false;
  }
  fetching.set(panel, null);
  try {
    await fetchIt();
    panel.querySelector(':scope > .problem')?.remove();
    return true;
  } catch (error) {
    panel.querySelector(':scope > .problem')?.remove();
    const { root, part } = clone('problem-template');
    setText(part.title, wordsOf(error));
    part.retry.addEventListener('click', () => fetchInto(panel, fetchIt));
    (panel.querySelector(':scope > header') ?? panel.firstElementChild)?.after(root);
    return false;
  } finally {
    const next = fetching.get(panel);
    fetching.delete(panel);
    if (next) {
      fetchInto(panel, next);
    }
  }
}
