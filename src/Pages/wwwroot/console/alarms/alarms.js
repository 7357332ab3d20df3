// All alarms: what each means, what to do, and acknowledging and shelving them, many at once.

import { now } from '../../shared/clock.js';
import { $, clone, setAttributes, setList, setText } from '../../shared/dom.js';
import { short } from '../../shared/times.js';
import { has, nameOf, t, wordFor } from '../../shared/words.js';
import { zoneOf } from '../city.js';
import { isFree, isSingleKey } from '../keys.js';
import { wordsOf } from '../panel.js';
import { moveAlong } from '../rows.js';
import {
  acknowledge, alarmName, book, fetchAlarms, isLoud, isNew, markOf, mayActOn, onAlarms, placeOf, shelve, unshelve,
} from './book.js';
import { setLoud } from './summary.js';

/** Alarms that are ticked, by id. @type {Set<string>} */
const ticked = new Set();

let rows, dialog, isLive = false, filter = '', wanted = '';

/** The alarms that the shelving dialog is about. @type {import('./book.js').Alarm[]} */
let shelving = [];

export function wire() {
  [rows, dialog] = [$('#alarm-rows'), $('#shelve-dialog')];
  onAlarms(paint);
  $('#alarm-filter').addEventListener('change', event => {
    filter = event.target.value;
    paint();
  });
  $('#alarm-all').addEventListener('change', event => {
    ticked.clear();
    if (event.target.checked) {
      listed().filter(mayActOn).forEach(({ id }) => ticked.add(id));
    }
    paint();
  });
  rows.addEventListener('change', event => {
    const id = event.target.closest('tr').dataset.alarm;
    if (event.target.checked) {
      ticked.add(id);
    } else {
      ticked.delete(id);
    }
    paint();
  });
  $('#alarm-acknowledge').addEventListener('click', () => acknowledgeThese(chosen()));
  $('#alarm-shelve').addEventListener('click', () => askToShelve(chosen()));
  $('#alarm-sound').addEventListener('change', event => setLoud(event.target.checked));
  $('#shelve-form').addEventListener('submit', event => {
    event.preventDefault();
    shelveThese();
  });
  // Enter ends a composition and must not send the form.
  $('#shelve-reason').addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
  $('#shelve-cancel').addEventListener('click', () => dialog.close());
  document.addEventListener('keydown', onKey);
}

/** @param {URLSearchParams} query */
export function show(query) {
  wanted = query.get('alarm') ?? '';
  $('#alarm-sound').checked = isLoud();
  fetchAlarms();
  paint();
}

/** @param {boolean} live */
export function allowActs(live) {
  isLive = live;
  paint();
}

/** @param {1 | -1} step */
export const move = step => moveAlong(rows.querySelectorAll('tr[data-alarm]'), step);

/** A and S act on what is ticked, or else on the row that has the focus. */
function onKey(event) {
  const isMine = !$('#view-alarms').hidden && isFree(event) && isSingleKey(event);
  const key = event.key.toLowerCase();
  if (isMine && isLive && (key === 'a' || key === 's')) {
    event.preventDefault();
    const those = chosen();
    (key === 'a' ? acknowledgeThese : askToShelve)(those);
  } else if (isMine && key === 'm') {
    $('#alarm-sound').click();
  }
}

/** What is ticked and listed; without that, the row that has the focus. */
function chosen() {
  const marked = listed().filter(({ id }) => ticked.has(id));
  const focused = document.activeElement?.closest('#alarm-rows tr')?.dataset.alarm;
  return (marked.length > 0 ? marked : listed().filter(({ id }) => id === focused)).filter(mayActOn);
}

function listed() {
  const fits = { '': () => true, 'new': isNew, 'shelved': ({ state }) => state === 'shelved' }[filter];
  return (book.alarms ?? []).filter(fits);
}

async function acknowledgeThese(alarms) {
  const those = alarms.filter(isNew);
  if (those.length === 0) {
    return;
  }
  try {
    const outcomes = await acknowledge(those);
    those.forEach(({ id }) => ticked.delete(id));
    const kept = outcomes.filter(({ outcome }) => outcome !== 'acknowledged');
    say(kept.length === 0 ? t('alarms.acknowledged', { n: those.length }) : t('alarms.notAcknowledged', { n: kept.length }));
  } catch (error) {
    say(wordsOf(error));
  }
  paint();
}

function askToShelve(alarms) {
  shelving = alarms;
  if (alarms.length === 0) {
    return;
  }
  setText($('#shelve-which'), alarms.map(alarm => [alarmName(alarm), placeOf(alarm)].filter(part => part).join(' · ')).join('\n'));
  $('#shelve-problem').hidden = true;
  dialog.showModal();
  $('#shelve-reason').focus();
}

async function shelveThese() {
  const until = new Date(now() + Number($('#shelve-form').elements.minutes.value) * 60_000).toISOString();
  try {
    for (const alarm of shelving) {
      await shelve(alarm, $('#shelve-reason').value.trim(), until);
      ticked.delete(alarm.id);
    }
    dialog.close();
    $('#shelve-reason').value = '';
  } catch (error) {
    $('#shelve-problem').hidden = false;
    setText($('#shelve-problem'), wordsOf(error));
  }
  paint();
}


const say = text => setText($('#alarm-said'), text);

function paint() {
  if (!rows || !book.alarms) {
    return;
  }
  const all = listed();
  setList(rows, all, alarm => alarm.id, makeRow, paintRow);
  $('#alarm-empty').hidden = all.length > 0;
  $('#alarm-acknowledge').disabled = !isLive || !all.some(alarm => ticked.has(alarm.id) && isNew(alarm));
  $('#alarm-shelve').disabled = !isLive || !all.some(alarm => ticked.has(alarm.id));
  $('#alarm-all').checked = all.length > 0 && all.every(alarm => ticked.has(alarm.id) || !mayActOn(alarm));
  if (book.rate) {
    const { lastHour, perTenMinutes, aim } = book.rate;
    setText($('#alarm-rate'), t('alarms.rate', { lastHour, mean: perTenMinutes, aim }));
    $('#alarm-rate').dataset.over = String(perTenMinutes > aim);
  }
  if (wanted) {
    const row = rows.querySelector(`tr[data-alarm="${CSS.escape(wanted)}"]`);
    wanted = row ? '' : wanted;
    row?.querySelector('details').toggleAttribute('open', true);
    row?.focus();
  }
}

function makeRow(alarm) {
  const piece = clone('alarm-row-template');
  piece.root.dataset.alarm = alarm.id;
  piece.part.unshelve.addEventListener('click', () => unshelve(book.alarms.find(({ id }) => id === alarm.id)).catch(
    error => say(wordsOf(error))));
  return piece;
}

function paintRow({ root, part }, alarm) {
  const zone = zoneOf(alarm.facility), kind = book.kinds.get(alarm.kind);
  setAttributes(root, { 'data-priority': alarm.priority, 'data-new': String(isNew(alarm)), 'data-state': alarm.state });
  part.tick.checked = ticked.has(alarm.id);
  part.tick.disabled = !mayActOn(alarm);
  part.tick.ariaLabel = t('alarms.tick', { name: alarmName(alarm), place: placeOf(alarm) });
  setText(part.mark, markOf(alarm));
  setText(part.priority, wordFor('console.alarms.priority', alarm.priority));
  setText(part.what, alarmName(alarm));
  setText(part.meaning, kind ? nameOf(kind.meaning) : '');
  setText(part.action, kind ? nameOf(kind.action) : '');
  setText(part.place, placeOf(alarm) || t('alarms.city'));
  part.place.href = alarm.facility ? `/console?facility=${encodeURIComponent(alarm.facility)}` : '/console';
  setText(part.raised, short(alarm.raisedAt, zone));
  setText(part.returned, alarm.returnedAt ? t('alarms.returned', { time: short(alarm.returnedAt, zone) }) : '');
  setText(part.state, wordFor('console.alarms.state', alarm.state));
  setText(part.who, whoOf(alarm, zone));
  part.unshelve.hidden = alarm.state !== 'shelved' || !mayActOn(alarm);
  part.unshelve.disabled = !isLive;
}

function whoOf(alarm, zone) {
  if (alarm.shelving) {
    const { by, until, reason } = alarm.shelving;
    return t('alarms.shelved', { by, time: short(until, zone), reason });
  }
  return alarm.acknowledgedAt && has('alarms.by')
    ? t('alarms.by', { by: alarm.acknowledgedBy ?? '—', time: short(alarm.acknowledgedAt, zone) })
    : '';
}
