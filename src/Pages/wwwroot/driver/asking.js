// A question before what cannot be undone.

import { clone, setText } from '../shared/dom.js';

/**
 * Asks, and does it if the answer is yes. What goes wrong is told in the dialog, where it can be tried again.
 * @param {{ title: string, text: string, yes: string, act: () => Promise<unknown>, wordsOf: (error: unknown) => string }} question
 * @returns {Promise<boolean>} whether it was done
 */
export function ask({ title, text, yes, act, wordsOf }) {
  const { root, part } = clone('asking');
  setText(part.title, title);
  setText(part.text, text);
  setText(part.yes, yes);
  root.setAttribute('aria-label', title);
  let isDone = false;
  part.no.addEventListener('click', () => root.close());
  root.addEventListener('cancel', event => part.yes.disabled && event.preventDefault());
  part.yes.addEventListener('click', async () => {
    setText(part.error, '');
    part.yes.disabled = part.no.disabled = true;
    try {
      await act();
      isDone = true;
      root.close();
    } catch (error) {
      setText(part.error, wordsOf(error));
    } finally {
      part.yes.disabled = part.no.disabled = false;
    }
  });
  document.body.append(root);
  root.showModal();
  return new Promise(resolve => {
    root.addEventListener('close', () => {
      root.remove();
      resolve(isDone);
    });
  });
}
