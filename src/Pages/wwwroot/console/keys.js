// Single keys. They can be switched off, and do nothing while a person types or composes.

import { $ } from '../shared/dom.js';

const Store = 'console-keys';
const box = $('#keys-on');

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
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || $('dialog[open]')) {
      return;
    }
    if (event.key === 'Escape') {
      acts.back();
      return;
    }
    const act = box.checked && !isTyping(event) && byKey[event.key.length === 1 ? event.key.toLowerCase() : ''];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
