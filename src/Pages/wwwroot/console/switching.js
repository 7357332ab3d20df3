// Closing a facility and opening it again: a dialog that names it, and a confirmation.

import { $, setText } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { nameOf, t } from '../shared/words.js';
import { wordsOf } from './panel.js';

const dialog = $('#switch-dialog'), confirm = $('#switch-confirm'), problem = $('#switch-problem');

/** @type {{ facility: import('./model.js').Facility, closes: boolean } | null} */
let asked = null;
let isSending = false;
let isLive = false;

/** Asks whether to close (or open) a facility. @param {import('./model.js').Facility} facility @param {boolean} closes */
export function askToSwitch(facility, closes) {
  asked = { facility, closes };
  const text = closes ? 'closing' : 'opening';
  setText($('#switch-title'), t(`console.${text}.title`, { name: nameOf(facility.name) }));
  setText($('#switch-what'), t(`console.${text}.what`));
  setText(confirm, t(`console.${text}.confirm`));
  confirm.className = closes ? 'danger' : 'main';
  problem.hidden = true;
  dialog.showModal();
}

/** Nothing can be done while the connection is lost. @param {boolean} live */
export function allowSwitching(live) {
  isLive = live;
  $('#switch').disabled = !live;
  confirm.disabled = !live || isSending;
}

confirm.addEventListener('click', async () => {
  const { facility, closes } = asked;
  isSending = true;
  allowSwitching(isLive);
  try {
    await call('PUT', `/v1/facilities/${encodeURIComponent(facility.id)}/state`, { closed: closes });
    dialog.close();
  } catch (error) {
    problem.hidden = false;
    setText(problem, wordsOf(error));
  } finally {
    isSending = false;
    allowSwitching(isLive);
  }
});
