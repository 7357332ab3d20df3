// What is wrong with a stay: writing it down, sending it once, and what came of it.

import { now } from '../shared/clock.js';
import { clone, setAttributes, setList, setText } from '../shared/dom.js';
import { drawId } from '../shared/ids.js';
import { call } from '../shared/session.js';
import { t, wordFor } from '../shared/words.js';
import { isConnectionLost, onConnection } from './connection.js';
import { cityZone } from './facilities.js';
import { problemIn } from './problems.js';
import { momentOf } from './stay-times.js';

const DraftsKey = 'parking.dispute-drafts', MinText = 3;

/** @typedef {{ reason: string, text: string, id?: string }} Draft id: under which it was sent; none until then, and after each change */

/** What was written and not sent, by the stay's id. Whoever reloads the page or loses it finds it again. @type {Record<string, Draft>} */
const drafts = JSON.parse(sessionStorage.getItem(DraftsKey) ?? '{}');
/** The citizen's cases, newest first; null until they are known. @type {any[] | null} */
let cases = null;
let isFailed = false;
/** What is being sent, by the stay's id. @type {Set<string>} */
const sending = new Set();
/** What went wrong, by the stay's id. @type {Map<string, string>} */
const problems = new Map();
/** @type {() => void} */
let whenChanged = () => { };

/** @param {() => void} onChanged what to do when the cases, or the connection, have changed */
export function startDisputes(onChanged) {
  whenChanged = onChanged;
  onConnection(onChanged);
}

/** How often the cases were asked for, or one was opened: only the newest answer counts. */
let asked = 0;

/** Reads the cases. One that has what was written here is what was sent, although no answer came. */
export async function loadCases() {
  const turn = ++asked;
  try {
    const { body } = await call('GET', '/v1/me/cases');
    if (turn !== asked) {
      return;
    }
    [cases, isFailed] = [body.cases, false];
    for (const one of cases) {
      const draft = drafts[one.stay];
      if (draft?.id && one.state === 'open' && one.reason === draft.reason && one.text === draft.text.trim()) {
        dropDraft(one.stay);
      }
    }
  } catch {
    isFailed ||= turn === asked;
  }
  whenChanged();
}

export const hasOpenCase = () => cases?.some(one => one.state === 'open') ?? false;

/** The newest case of a stay; none if there is none, or it is not known. @param {string} stay */
export const caseOf = stay => cases?.find(one => one.stay === stay);

/** Whether something was begun to be written about a stay, and not sent. @param {string} stay */
export const hasDraft = stay => stay in drafts;

function keepDrafts() {
  sessionStorage.setItem(DraftsKey, JSON.stringify(drafts));
}

function dropDraft(stay) {
  delete drafts[stay];
  problems.delete(stay);
  keepDrafts();
}

/** Shows the cases of a stay and, if it was asked for, the form. @param {Record<string, any>} part the stay's row @param {any} stay */
export function paintDispute(part, stay) {
  const own = cases?.filter(one => one.stay === stay.id) ?? [];
  setList(part.cases, own, one => one.number, () => clone('stay-case'), (piece, one) => paintCase(piece.part, one));
  setText(part.casesFailed, isFailed && cases === null ? t('history.case.notRead') : '');
  const isOpen = hasDraft(stay.id);
  part.object.hidden = isOpen || own.some(one => one.state === 'open');
  if (!part.object.dataset.stay) {
    part.object.dataset.stay = stay.id;
    part.object.addEventListener('click', () => begin(part, stay.id));
  }
  if (!isOpen) {
    part.form.replaceChildren();
    return;
  }
  if (!part.form.firstChild) {
    part.form.append(makeForm(stay.id));
  }
  paintForm(part.form.firstElementChild, stay.id);
}

function paintCase(part, one) {
  setText(part.title, t('history.case.title', { number: one.number, state: wordFor('driver.case', one.state) }));
  setText(part.opened, momentOf(one.openedAt, cityZone()));
  setText(part.text, one.text);
  part.answered.hidden = !one.answer;
  setText(part.answer, one.answer);
  setText(part.ended, one.endedAt ? momentOf(one.endedAt, cityZone()) : '');
}

function begin(part, stay) {
  drafts[stay] = { reason: '', text: '' };
  keepDrafts();
  whenChanged();
  part.form.querySelector('input')?.focus();
}

function makeForm(stay) {
  const { root, part } = clone('stay-dispute');
  const draft = drafts[stay];
  // Names and ids are the page's: two stays may be written about at once.
  for (const [node, name] of [[part.text, 'text'], [part.problem, 'problem'], [part.hint, 'hint']]) {
    node.id = `dispute-${name}-${stay}`;
  }
  part.label.htmlFor = part.text.id;
  setAttributes(part.text, { 'aria-describedby': `${part.hint.id} ${part.problem.id}` });
  part.text.value = draft.text;
  for (const radio of root.querySelectorAll('[type=radio]')) {
    radio.name = `dispute-reason-${stay}`;
    radio.checked = radio.value === draft.reason;
  }
  root.addEventListener('input', () => {
    // Another text is another request: under the name of the first it would be refused.
    drafts[stay] = { reason: root.querySelector(':checked')?.value ?? '', text: part.text.value };
    problems.delete(stay);
    keepDrafts();
    paintForm(root, stay);
  });
  root.addEventListener('submit', event => {
    event.preventDefault();
    send(stay);
  });
  part.discard.addEventListener('click', () => {
    dropDraft(stay);
    whenChanged();
    // The button is hidden where a case is open.
    for (const place of [`#stay-${stay} summary`, `[data-stay="${stay}"]`]) {
      document.querySelector(place)?.focus();
    }
  });
  return root;
}

function paintForm(form, stay) {
  const isSending = sending.has(stay), problem = problems.get(stay) ?? '';
  form.querySelector('[data-part=send]').disabled = isSending || isConnectionLost();
  form.querySelector('[data-part=discard]').disabled = isSending;
  const note = isSending ? t('history.form.sending') : isConnectionLost() ? t('history.form.offline') : '';
  setText(form.querySelector('[data-part=note]'), note);
  setText(form.querySelector('[data-part=problem]'), problem);
}

/** @param {string} stay */
async function send(stay) {
  const draft = drafts[stay];
  if (sending.has(stay) || isConnectionLost()) {
    return;
  }
  if (!draft.reason || draft.text.trim().length < MinText) {
    problems.set(stay, t(draft.reason ? 'history.form.short' : 'history.form.noReason'));
    whenChanged();
    return;
  }
  draft.id ??= drawId(now());
  keepDrafts();
  sending.add(stay);
  problems.delete(stay);
  whenChanged();
  try {
    const { body } = await call('POST', '/v1/me/cases', { id: draft.id, stay, reason: draft.reason, text: draft.text });
    noteCase(body);
    // Whoever went on writing meanwhile has another draft.
    if (drafts[stay] === draft) {
      dropDraft(stay);
      whenChanged();
      document.querySelector(`#stay-${stay} .cases li`)?.focus();
    }
  } catch (error) {
    problems.set(stay, wordsOf(error, draft));
  } finally {
    sending.delete(stay);
    whenChanged();
  }
}

function noteCase(opened) {
  asked++;
  cases = [opened, ...(cases ?? []).filter(one => one.number !== opened.number)];
}

function wordsOf(error, draft) {
  const { problem } = error, is = name => problem?.type?.endsWith(`:${name}`);
  if (is('already-disputed')) {
    noteCase(problem.case);
    return t('history.form.already', { number: problem.case.number });
  }
  if (is('case-step-conflict')) {
    delete draft.id;
    keepDrafts();
  }
  return problemIn('history.form.problem', error);
}
