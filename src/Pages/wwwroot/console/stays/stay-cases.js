// The cases of a stay, and sending it to a person's list.

import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { nameOf, t, wordFor } from '../../shared/words.js';
import { paintCaseState, problemOf, sendStep } from '../cases/steps.js';
import { mayDo } from '../model.js';
import { fetchInto } from '../panel.js';

/** The archived stay whose cases are shown; an empty text while there is none. */
let stay = '';

/** The stay for which something was typed and not sent. */
let typedFor = '';

export function wireSending() {
  const dialog = $('#stay-send-dialog');
  $('#stay-send').addEventListener('click', () => {
    $('#stay-send-problem').hidden = true;
    if (typedFor !== stay) {
      // What was meant for another stay is not sent for this one.
      [$('#stay-send-text').value, $('#stay-send-assignee').value, typedFor] = ['', '', stay];
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
 * Shows what is known of a stay's cases to whoever may act on them. Only an archived stay has cases.
 * @param {{ id: string } | null} archived @param {import('../model.js').Facility | undefined} facility
 */
export function showCasesOf(archived, facility) {
  const may = Boolean(archived && facility && mayDo('operate', facility));
  $('#stay-send').hidden = !may;
  $('#stay-cases').hidden = !may;
  if (stay !== archived?.id) {
    setList($('#stay-case-list'), [], String, () => null);
    $('#stay-no-cases').hidden = true;
  }
  stay = may ? archived.id : '';
  if (may) {
    setText($('#stay-send-title'), t('cases.stay.sending', { facility: nameOf(facility.name) }));
    fetchCases(stay);
  }
}

function fetchCases(id) {
  fetchInto($('#stay-cases'), async () => {
    const { body } = await call('GET', `/v1/cases?stay=${encodeURIComponent(id)}&limit=200`);
    if (id === stay) {
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
  const [text, assignee] = [$('#stay-send-text'), $('#stay-send-assignee')];
  const name = assignee.value.trim();
  try {
    await sendStep(`/v1/archive/stays/${encodeURIComponent(stay)}/cases`, { text: text.value.trim(), ...(name && { assignee: name }) });
    $('#stay-send-dialog').close();
    [text.value, assignee.value] = ['', ''];
    fetchCases(stay);
  } catch (error) {
    $('#stay-send-problem').hidden = false;
    setText($('#stay-send-problem'), problemOf(error));
  }
}
