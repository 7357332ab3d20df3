// Cases: what a person has to look at and answer. The open ones first, and of these first those that are for whoever looks.

import { $, clone, setAttributes, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { offerFacilities } from '../choosing.js';
import { facilityName, mayDo, onFacilities, zoneOf } from '../city.js';
import { fetchInto } from '../panel.js';
import { moveAlong } from '../rows.js';
import { allowCaseActs, closeCase, openCase } from './case.js';
import { paintCaseState } from './steps.js';

const AskEvery = 15_000, Most = 200;

let form, rows, timer = 0;

/** What is listed, what was asked for, and whether somebody has gone further back than the first page. */
let found = { cases: [], next: null }, asked = null, isFurther = false;

/** @param {(address: string) => void} go */
export function wire(go) {
  [form, rows] = [$('#cases-form'), $('#case-rows')];
  offerFacilities(form.elements.facility, one => mayDo('operate', one));
  onFacilities(paint);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('change', ask);
  form.elements.number.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing && form.elements.number.value.trim()) {
      go(`/console?view=cases&case=${encodeURIComponent(form.elements.number.value.trim())}`);
    }
  });
  $('#cases-more').addEventListener('click', more);
}

/** @param {URLSearchParams} query */
export function show(query) {
  const number = query.get('case');
  $('#cases').hidden = number !== null;
  $('#case').hidden = number === null;
  if (number !== null) {
    clearTimeout(timer);
    openCase(number);
    return;
  }
  closeCase();
  ask();
}

/** @param {boolean} live */
export function allowActs(live) {
  allowCaseActs(live);
  if (live && asked && !isAway() && !isFurther) {
    ask();
  }
}

/** @param {1 | -1} step */
export const move = step => moveAlong(rows.querySelectorAll('a'), step);

/** Reads the first page of what the form asks for, and again after a while. */
function ask() {
  const { state, kind, facility } = form.elements;
  const query = new URLSearchParams(Object.entries({
    state: state.value, kind: kind.value, facility: facility.value,
  }).filter(([, value]) => value));
  if (!asked) {
    setList(rows, [0, 1, 2], String, () => clone('case-waiting-template'));
  }
  [asked, isFurther] = [query, false];
  clearTimeout(timer);
  fetchInto($('#cases'), async () => {
    const [mine, all] = await Promise.all([fetchPage(query, { mine: 'true', limit: Most }), fetchPage(query, {})]);
    if (query === asked) {
      found = { cases: mineFirst(mine.cases, all.cases), next: all.next ?? null };
      paint();
    }
  }).then(isDone => isDone || found.cases.length > 0 || setList(rows, [], String, () => null)).finally(() => {
    clearTimeout(timer);
    timer = setTimeout(askAgain, AskEvery);
  });
}

const isAway = () => document.hidden || $('#cases').closest('[hidden]') !== null;

/** Whoever has gone further back reads in peace. */
function askAgain() {
  if (isAway() || isFurther) {
    timer = setTimeout(askAgain, AskEvery);
  } else {
    ask();
  }
}

function more() {
  const [query, after] = [asked, found.next];
  isFurther = true;
  // A page is asked for once, however often somebody presses.
  $('#cases-more').disabled = true;
  fetchInto($('#cases'), async () => {
    const page = await fetchPage(query, { after });
    if (query === asked) {
      found = { cases: mineFirst(found.cases, page.cases), next: page.next ?? null };
      paint();
    }
  }).finally(() => { $('#cases-more').disabled = false; });
}

async function fetchPage(query, values) {
  const page = new URLSearchParams(query);
  Object.entries(values).forEach(([name, value]) => page.set(name, String(value)));
  return (await call('GET', `/v1/cases?${page}`)).body;
}

/** Both lists, without what is in the first one already. */
function mineFirst(first, others) {
  const known = new Set(first.map(({ number }) => number));
  return [...first, ...others.filter(({ number }) => !known.has(number))];
}

function paint() {
  setList(rows, found.cases, one => one.number, () => clone('case-row-template'), ({ root, part }, one) => {
    setAttributes(root, { 'data-mine': one.mine });
    setText(part.link, one.number);
    part.link.href = `/console?view=cases&case=${one.number}`;
    setText(part.kind, wordFor('cases.word.kind', one.kind));
    setText(part.reason, one.reason ? wordFor('cases.word.reason', one.reason) : '');
    setText(part.facility, facilityName(one.facility));
    setText(part.text, one.text);
    setText(part.assignee, one.assignee ?? '—');
    setText(part.mine, one.mine ? t('cases.forYou') : '');
    setText(part.opened, short(one.openedAt, zoneOf(one.facility)));
    paintCaseState(part.state, one);
  });
  $('#cases-empty').hidden = found.cases.length > 0;
  $('#cases-more').hidden = !found.next;
}
