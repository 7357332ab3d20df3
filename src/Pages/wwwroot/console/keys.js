// Single keys. They can be switched off, and do nothing while a person types or composes.

import { $ } from '../shared/dom.js';

const Store = 'console-keys';
const box = $('#keys-on');

/** Whether a key is nobody else's: of no field, no dialog, no composition and no chord. @param {KeyboardEvent} event */
export const isFree = event =>
  !(event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || $('dialog[open]'));

/** Whether single keys are on, and one is not meant for a field. @param {KeyboardEvent} event */
export const isSingleKey = event => box.checked && !isTyping(event);

/** Whether a key is meant for a field. @param {KeyboardEvent} event */
const isTyping = event => event.isComposing || event.target.closest?.('input:not([type=checkbox]), select, textarea, [contenteditable]');

/**
 * @param {{ find: () => void, move: (step: 1 | -1) => void, lane: () => void, back: () => void, help: () => void }} acts
 */
export function wireKeys(acts) {
  box.checked = localStorage.getItem(Store) !== 'off';
  box.addEventListener('change', () => localStorage.setItem(Store, box.checked ? 'on' : 'off'));
  const byKey = { '/': acts.find, j: () => acts.move(1), k: () => acts.move(-1), o: acts.lane, '?': acts.help };
  document.addEventListener('keydown', event => {
    if (!isFree(event)) {
      return;
    }
    if (event.key === 'Escape') {
      acts.back();
      return;
    }
    const act = isSingleKey(event) && byKey[event.key.length === 1 ? event.key.toLowerCase() : ''];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
