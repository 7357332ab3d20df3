// Closing a facility and opening it again, and rebuilding its spaces: a dialog that names the facility, and a confirmation.

import { $, setText } from '../shared/dom.js';
import { call, isLost } from '../shared/session.js';
import { nameOf, t } from '../shared/words.js';
import { wordsOf } from './panel.js';

const dialog = $('#switch-dialog'), what = $('#switch-what'), confirm = $('#switch-confirm'), problem = $('#switch-problem');

/**
 * What the dialog is about: its words, and what is done. `act` ends with a text that is still to be read, or with none.
 * @type {{ text: string, act: () => Promise<string | void> } | null}
 */
let asked = null;
let isSending = false;
let isLive = false;

/** Asks whether to close (or open) a facility. @param {import('./city.js').Facility} facility @param {boolean} closes */
export function askToSwitch(facility, closes) {
  ask(facility, closes ? 'closing' : 'opening', closes ? 'danger' : 'main', async () => {
    await call('PUT', `/v1/facilities/${encodeURIComponent(facility.id)}/state`, { closed: closes });
  });
}

/** Asks whether to compute a facility's taken spaces anew. @param {import('./city.js').Facility} facility */
export function askToRebuild(facility) {
  ask(facility, 'rebuild', 'main', async () => {
    const { body } = await call('POST', `/v1/facilities/${encodeURIComponent(facility.id)}/rebuild`);
    return t(body.unreadable > 0 ? 'console.rebuild.unreadable' : 'console.rebuild.result', body);
  });
}

function ask(facility, text, look, act) {
  asked = { text, act };
  setText($('#switch-title'), t(`console.${text}.title`, { name: nameOf(facility.name) }));
  setText(what, t(`console.${text}.what`));
  setText(confirm, t(`console.${text}.confirm`));
  confirm.className = look;
  confirm.hidden = false;
  setText($('#switch-cancel'), t('console.cancel'));
  problem.hidden = true;
  dialog.showModal();
}

/** Nothing can be done while the connection is lost. @param {boolean} live */
export function allowSwitching(live) {
  isLive = live;
  for (const button of [$('#switch'), $('#rebuild')]) {
    button.disabled = !live;
  }
  confirm.disabled = !live || isSending;
}

confirm.addEventListener('click', async () => {
  const mine = asked;
  isSending = true;
  allowSwitching(isLive);
  try {
    const told = await mine.act();
    if (mine !== asked) {
      return;
    }
    if (told) {
      setText(what, told);
      confirm.hidden = true;
      problem.hidden = true;
      setText($('#switch-cancel'), t('console.done'));
    } else {
      dialog.close();
    }
  } catch (error) {
    problem.hidden = mine !== asked;
    setText(problem, isLost(error) && mine.text === 'rebuild' ? t('console.rebuild.goesOn') : wordsOf(error));
  } finally {
    isSending = false;
    allowSwitching(isLive);
  }
});
dialog.addEventListener('close', () => { asked = null; });
