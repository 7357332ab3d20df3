// The cases of a stay, and sending it to a person's list.

import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { wordFor } from '../../shared/words.js';
import { paintCaseState, problemOf, sendStep } from '../cases/steps.js';
import { mayDo } from '../city.js';
import { fetchInto } from '../panel.js';
import { whichStay } from './naming.js';

/** The archived stay whose cases are shown; null while there is none. */
let stay = null;

/** The stay that the dialog was opened for, whatever is shown by now; and the id of that for which something was typed and not sent. */
let meant = null, typedFor = '';

export function wireSending() {
  const dialog = $('#stay-send-dialog');
  $('#stay-send').addEventListener('click', () => {
    meant = stay;
    $('#stay-send-problem').hidden = true;
    setText($('#stay-send-which'), whichStay(meant));
    if (typedFor !== meant.id) {
      // What was meant for another stay is not sent for this one.
      [$('#stay-send-text').value, $('#stay-send-assignee').value, typedFor] = ['', '', meant.id];
    }
    dialog.showModal();
    $('#stay-send-text').focus();
  });
  $('#stay-send-cancel').addEventListener('click', () => dialog.close());
  // Enter ends a composition and must not send the form.
  $('#stay-send-assignee').addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
  $('#stay-send-form').addEventListener('submit', event => {
    event.preventDefault();
    send();
  });
}

/** @param {boolean} live */
export function allowSending(live) {
  $('#stay-send').disabled = !live;
  $('#stay-send-confirm').disabled = !live;
}

/**
 * Shows what is known of a stay's cases to whoever may act on them, and fetches it if it is another stay than before. Only an archived
 * stay has cases.
 * @param {{ id: string } | null} archived null: of none @param {import('../city.js').Facility} [facility]
 */
export function showCasesOf(archived, facility) {
  const may = Boolean(archived && facility && mayDo('operate', facility));
  $('#stay-send').hidden = !may;
  $('#stay-cases').hidden = !may;
  const before = stay;
  stay = may ? archived : null;
  if (stay?.id !== before?.id) {
    setList($('#stay-case-list'), [], String, () => null);
    $('#stay-no-cases').hidden = true;
    fetchCases();
  }
}

/** Fetches the cases of the stay that is shown, if they are. */
export function fetchCases() {
  if (!stay) {
    return;
  }
  const { id } = stay;
  fetchInto($('#stay-cases'), async () => {
    const { body } = await call('GET', `/v1/cases?stay=${encodeURIComponent(id)}&limit=200`);
    if (id === stay?.id) {
      paint(body.cases);
    }
  });
}

function paint(cases) {
  $('#stay-no-cases').hidden = cases.length > 0;
  setList($('#stay-case-list'), cases, one => one.number, () => clone('stay-case-template'), ({ part }, one) => {
    setText(part.link, one.number);
    part.link.href = `/console?view=cases&case=${one.number}`;
    setText(part.what, wordFor('cases.word.kind', one.kind));
    paintCaseState(part.state, one);
    setText(part.text, one.text);
  });
}

async function send() {
  const [text, assignee, mine] = [$('#stay-send-text'), $('#stay-send-assignee'), meant];
  const name = assignee.value.trim();
  try {
    await sendStep(`/v1/archive/stays/${encodeURIComponent(mine.id)}/cases`, { text: text.value.trim(), ...(name && { assignee: name }) });
    if (typedFor === mine.id) {
      [text.value, assignee.value] = ['', ''];
    }
    if (mine === meant) {
      $('#stay-send-dialog').close();
    }
    fetchCases();
  } catch (error) {
    if (mine === meant) {
      $('#stay-send-problem').hidden = false;
      setText($('#stay-send-problem'), problemOf(error));
    }
  }
}
