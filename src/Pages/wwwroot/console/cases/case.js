// One case: what was written, what was done, and giving it to somebody, answering it or closing it.

import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { facilityName, onFacilities, zoneOf } from '../city.js';
import { fetchInto } from '../panel.js';
import { paintCaseState, problemOf, sendStep } from './steps.js';

/** The case that is shown, with its history; null while none is. */
let shown = null;
let wanted = '';
let isLive = false, isBusy = false, isWired = false;

/** What was typed and not sent, by the number of the case. @type {Map<string, { text: string, assignee: string }>} */
const drafts = new Map();

/** @param {string} number */
export function openCase(number) {
  wire();
  if (wanted !== number) {
    keepDraft();
    shown = null;
    wanted = number;
    say('');
    paint();
  }
  fetchInto($('#case'), () => fetchCase(number));
}

export function closeCase() {
  keepDraft();
  [shown, wanted] = [null, ''];
}

/** Nothing can be done while the connection is lost; what was typed stays. @param {boolean} live */
export function allowCaseActs(live) {
  isLive = live;
  if (isWired) {
    paintActs();
    if (live && wanted) {
      fetchInto($('#case'), () => fetchCase(wanted));
    }
  }
}

function wire() {
  if (isWired) {
    return;
  }
  isWired = true;
  onFacilities(paint);
  $('#case-assign-form').addEventListener('submit', event => {
    event.preventDefault();
    const assignee = $('#case-assignee').value.trim();
    act('assign', assignee ? { assignee } : {});
  });
  $('#case-answer-form').addEventListener('submit', event => {
    event.preventDefault();
    act(event.submitter?.value ?? 'answer', { text: $('#case-text').value.trim() });
  });
  // Enter ends a composition and must not send the form.
  $('#case-assignee').addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
}

async function fetchCase(number) {
  const { body } = await call('GET', `/v1/cases/${encodeURIComponent(number)}`);
  if (number === wanted) {
    take(body);
  }
}

/** Shows a case as it is now. What was typed stays. */
function take(file) {
  const isFirst = shown === null;
  shown = file;
  if (isFirst) {
    const draft = drafts.get(wanted);
    $('#case-text').value = draft?.text ?? '';
    $('#case-assignee').value = draft?.assignee ?? file.case.assignee ?? '';
  }
  paint();
}

function keepDraft() {
  if (shown?.case.state === 'open') {
    drafts.set(wanted, { text: $('#case-text').value, assignee: $('#case-assignee').value });
  }
}

/** Does a step. @param {string} how `assign`, `answer` or `close` @param {{ text?: string, assignee?: string }} content */
async function act(how, content) {
  const [number, file] = [wanted, shown];
  isBusy = true;
  say('');
  paintActs();
  try {
    const now = await sendStep(`/v1/cases/${encodeURIComponent(number)}/${how}`, { version: file.case.version, ...content });
    if (how !== 'assign') {
      drafts.delete(number);
    }
    if (number === wanted) {
      // Whoever left the case and came back meanwhile may not have it yet.
      take({ ...shown ?? file, case: now });
      say(t(`cases.done.${how}`));
      fetchInto($('#case'), () => fetchCase(number));
    }
  } catch (error) {
    if (error.problem?.case) {
      // Somebody else was faster: the case as it is now, and what was typed beside it.
      await fetchCase(number).catch(() => { });
    }
    if (number === wanted) {
      say(problemOf(error), true);
    }
  } finally {
    isBusy = false;
    paintActs();
  }
}

function say(text, isBad = false) {
  setText($('#case-said'), isBad ? '' : text);
  setText($('#case-problem'), isBad ? text : '');
  $('#case-problem').hidden = !isBad;
}

function paint() {
  const one = shown?.case;
  $('#case-content').hidden = !one;
  setText($('#case-title'), t('cases.one', { number: one?.number ?? wanted }));
  setText($('#case-state'), '');
  setText($('#case-what'), '');
  if (!one) {
    return;
  }
  const zone = zoneOf(one.facility);
  paintCaseState($('#case-state'), one);
  setText($('#case-what'), [
    wordFor('cases.word.kind', one.kind), one.reason && wordFor('cases.word.reason', one.reason),
    facilityName(one.facility),
  ].filter(part => part).join(' · '));
  $('#case-stay').href = `/console?view=stays&stay=${encodeURIComponent(one.stay)}`;
  setText($('#case-written'), one.text);
  setText($('#case-opened'), t(one.openedBy ? 'cases.openedBy' : 'cases.openedByCitizen', {
    by: one.openedBy, time: short(one.openedAt, zone),
  }));
  setText($('#case-for'), one.assignee ? t('cases.isFor', { name: one.assignee }) : t('cases.isForAll'));
  $('#case-acts').hidden = one.state !== 'open';
  $('#case-ended').hidden = one.state === 'open';
  setText($('#case-ended-title'), t(one.state === 'closed' ? 'cases.closed' : 'cases.answered'));
  setText($('#case-answer'), one.answer ?? '');
  setText($('#case-ended-by'), one.endedAt ? t('cases.endedBy', { by: one.endedBy, time: short(one.endedAt, zone) }) : '');
  $('#case-reads').hidden = one.kind !== 'dispute';
  setList($('#case-history'), shown.history, step => String(step.version), () => clone('case-step-template'), ({ part }, step) => {
    setText(part.at, short(step.at, zone));
    part.at.dateTime = step.at;
    setText(part.what, wordFor('cases.word.change', step.change));
    setText(part.by, step.by ?? t('cases.citizen'));
    setText(part.assignee, step.assignee ? `→ ${step.assignee}` : '');
  });
  paintActs();
}

function paintActs() {
  for (const button of document.querySelectorAll('#case-acts button')) {
    button.disabled = !isLive || isBusy;
  }
}
