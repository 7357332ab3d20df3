// Parts of a page that its first load does not need.

import { addTexts, language } from './words.js';

/**
 * Fetches a part and puts it, its style and its texts in. Until then, the place keeps what it has.
 * @param {string} path @param {HTMLElement} place
 * @throws {Error} It could not be fetched; it can be asked for again.
 */
export async function loadPart(path, place) {
  const answer = await fetch(`${path}?lang=${language}`);
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  const { body } = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const texts = body.querySelector('script');
  addTexts(JSON.parse(texts.textContent));
  texts.remove();
  const styles = [...body.querySelectorAll('link')].map(link => new Promise(resolve => {
    link.onload = link.onerror = resolve;
  }));
  document.head.append(...body.querySelectorAll('link'));
  await Promise.all(styles);
  place.replaceChildren(...body.childNodes);
  place.removeAttribute('aria-busy');
}
