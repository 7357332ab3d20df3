// What operators did: who, by which duty, what, on what, why, when, and what came of it.

import { now } from '../../shared/clock.js';
import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { second, short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { offerFacilities } from '../choosing.js';
import { facilityName, hasDuty, onFacilities, zoneOf } from '../city.js';
import { fromField, toField } from '../fields.js';
import { fetchInto } from '../panel.js';
import { moveAlong } from '../rows.js';

const Day = 86_400_000, AskEvery = 5_000, MostFollowed = 50;

let form, rows, acts = [], next = null, asked = null, timer = 0;

export function wire() {
  [form, rows] = [$('#audit-form'), $('#audit-rows')];
  const { facility, from, to } = form.elements;
  offerFacilities(facility);
  from.value = toField(now() - Day, zoneOf(''));
  to.value = '';
  $('#audit-export').hidden = !hasDuty('admin@city');
  form.addEventListener('submit', event => {
    event.preventDefault();
    ask();
  });
  form.addEventListener('change', ask);
  onFacilities(paintRows);
  $('#audit-more').addEventListener('click', () => fetchPage(next));
}

export function show() {
  ask();
}

/** @param {1 | -1} step */
export const move = step => moveAlong(rows.children, step);

/** Reads the newest acts that the form asks for. */
function ask() {
  const { facility, act, staff, from, to } = form.elements;
  const zone = zoneOf(facility.value);
  const wanted = {
    facility: facility.value, act: act.value, staff: staff.value.trim(), from: fromField(from.value, zone), to: fromField(to.value, zone),
  };
  asked = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  fetchPage(null);
}

/** @param {number | null} before null: the newest */
function fetchPage(before) {
  const mine = asked;
  clearTimeout(timer);
  fetchInto($('#audit-found'), async () => {
    const query = new URLSearchParams(mine);
    if (before !== null) {
      query.set('before', String(before));
    }
    const { body } = await call('GET', `/v1/audit?${query}`);
    if (mine === asked) {
      acts = before === null ? body.acts : [...acts, ...body.acts];
      next = body.next ?? null;
      paintRows();
    }
  }).finally(() => {
    // A command is chained a moment after it was given. Whoever has gone further back reads in peace.
    clearTimeout(timer);
    timer = setTimeout(askAgain, AskEvery);
  });
}

function askAgain() {
  if (document.hidden || $('#view-audit').hidden || acts.length > MostFollowed || form.elements.to.value !== '') {
    timer = setTimeout(askAgain, AskEvery);
  } else {
    fetchPage(null);
  }
}

function paintRows() {
  setList(rows, acts, act => String(act.sequence), () => clone('audit-row-template'), ({ part }, act) => {
    const zone = zoneOf(act.facility);
    setText(part.at, `${short(act.at, zone).replace(/\d\d:\d\d$/, '')}${second(act.at, zone)}`);
    part.at.dateTime = act.at;
    setText(part.staff, act.staff);
    setText(part.duty, act.duty ?? '');
    setText(part.act, wordFor('audit.act', act.act));
    setText(part.target, targetOf(act));
    part.stay.hidden = !act.stay;
    part.stay.href = `/console?view=stays&stay=${encodeURIComponent(act.stay ?? '')}`;
    setText(part.reason, act.erasedAt ? t('audit.erased') : act.reason ?? '');
    setText(part.result, act.outcomes.map(({ result }) => resultOf(result)).join(' → ') || t('audit.nothingKnown'));
    part.result.dataset.bad = String(act.outcomes.length === 0 || !Good.includes(act.outcomes.at(-1).result));
    setText(part.sequence, act.sequence);
  });
  $('#audit-empty').hidden = acts.length > 0;
  $('#audit-more').hidden = next === null;
}

const Good = ['done', 'obeyed', 'ended', 'granted'];

function targetOf({ target, facility }) {
  const [kind, name] = target.split(/:(.*)/s);
  const kinds = { city: t('audit.city'), facility: '', stay: t('audit.stay'), alarm: t('audit.alarm') };
  const words = kinds[kind] ?? name ?? target;
  return [facility && facilityName(facility), words].filter(part => part).join(' · ');
}

function resultOf(result) {
  const [name, why] = result.split(':');
  const word = wordFor('audit.result', name);
  return why ? `${word}: ${wordFor('console.command.obstacle', why)}` : word;
}
