// Finding stays in the archive, by facility, gate, id or plate; and one stay as a story.

import { now } from '../../shared/clock.js';
import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { facilityOr, offerFacilities } from '../choosing.js';
import { facilityName, hasDuty, onFacilities, zoneOf } from '../city.js';
import { paintDialog } from '../commands.js';
import { fromField, toField } from '../fields.js';
import { fetchInto } from '../panel.js';
import { moveAlong } from '../rows.js';
import { allowStayActs, closeStay, openStay, paintState } from './stay.js';

const Day = 86_400_000, IdLength = 32;

/** What the service is asked where the choice is no state. */
const Searches = new Map([['open', ['open', 'true']], ['entry', ['passage', 'entry']], ['exit', ['passage', 'exit']]]);

let form, rows, go, found = { stays: [], next: null }, search = null;

/** @param {(address: string) => void} goTo */
export function wire(goTo) {
  go = goTo;
  [form, rows] = [$('#stays-form'), $('#stays-rows')];
  const { facility, gate } = form.elements;
  offerFacilities(facility);
  // A search by plate crosses all facilities: it is the city's matter.
  form.elements.by.querySelector('[value=plate]').hidden = !hasDuty('operate@city');
  form.elements.by.addEventListener('change', showFields);
  facility.addEventListener('change', () => fillGates(facility.value).then(() => { gate.value = ''; }, () => { }));
  form.addEventListener('submit', event => {
    event.preventDefault();
    ask();
  });
  $('#stays-more').addEventListener('click', more);
  onFacilities(() => {
    if (!facility.value && !new URLSearchParams(location.search).has('facility')) {
      facility.value = facilityOr(null)?.id ?? '';
      fillGates(facility.value).catch(() => { });
    }
    if (found.stays.length > 0) {
      paintRows();
    }
  });
  $('#stays-back').addEventListener('click', event => {
    event.preventDefault();
    go(search?.address ?? '/console?view=stays');
  });
}

/** Shows what the address says: a stay, or a search. @param {URLSearchParams} query */
export function show(query) {
  const id = query.get('stay');
  $('#stays-search').hidden = id !== null;
  $('#stay').hidden = id === null;
  if (id !== null) {
    openStay(id);
    return;
  }
  closeStay();
  const isFound = search?.address === `${location.pathname}${location.search}`;
  if (!isFound || !form.elements.facility.value) {
    fill(query, isFound);
  }
}

export const allowActs = allowStayActs;

/** Newer figures: how far a command is. */
export const paint = paintDialog;

/** @param {1 | -1} step */
export const move = step => moveAlong(rows.querySelectorAll('a'), step);

/** Fills the form with what the address says, and searches if it says enough and that is not found yet. */
async function fill(query, isFound) {
  const { by, facility, state, from, to } = form.elements;
  by.value = query.has('gate') ? 'gate' : 'facility';
  facility.value = query.get('facility') ?? facilityOr(null)?.id ?? '';
  state.value = query.get('state') ?? '';
  const zone = zoneOf(facility.value);
  from.value = toField(query.get('from') ?? now() - Day, zone);
  to.value = toField(query.get('to') ?? now() + Day / 24, zone);
  showFields();
  await fillGates(facility.value).catch(() => { });
  form.elements.gate.value = query.get('gate') ?? '';
  if (query.has('facility') && !isFound) {
    run(query);
  }
}

/** The gates of a facility, to choose one. */
async function fillGates(facility) {
  if (!facility) {
    return;
  }
  const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(facility)}/gates`);
  const gate = form.elements.gate;
  gate.replaceChildren(...body.gates.map(one => new Option(`${one.id} · ${wordFor('console.direction', one.direction)}`, one.id)));
}

function showFields() {
  const by = form.elements.by.value;
  for (const field of form.querySelectorAll('[data-for]')) {
    field.hidden = !field.dataset.for.split(' ').includes(by);
    field.querySelectorAll('input, select').forEach(node => { node.disabled = field.hidden; });
  }
}

/** Does what the form says. */
function ask() {
  const { by, facility, gate, state, from, to, id, plate, reason } = form.elements;
  const zone = zoneOf(facility.value);
  if (by.value === 'id') {
    const name = id.value.trim().toLowerCase();
    if (name.length === IdLength) {
      go(`/console?view=stays&stay=${encodeURIComponent(name)}`);
    } else {
      noteProblem(t('stays.notAnId'));
    }
    return;
  }
  const range = { from: fromField(from.value, zone), to: fromField(to.value, zone) };
  if (!range.from || !range.to) {
    noteProblem(t('stays.noTimes'));
    return;
  }
  if (by.value === 'plate') {
    // A plate never goes into an address, which browsers and proxies write down.
    begin(null, cursor => call('POST', '/v1/archive/stays/by-plate', {
      plate: plate.value.trim(), reason: reason.value.trim(), ...range, ...(cursor && { cursor }),
    }));
    return;
  }
  const query = new URLSearchParams({ view: 'stays', facility: facility.value, ...range });
  if (by.value === 'gate') {
    query.set('gate', gate.value);
  } else if (state.value) {
    query.set('state', state.value);
  }
  history.pushState(null, '', `/console?${query}`);
  run(query);
}

/** Runs the search that an address describes. */
function run(query) {
  const wanted = new URLSearchParams();
  if (query.has('gate')) {
    wanted.set('gate', query.get('gate'));
  } else {
    wanted.set('facility', query.get('facility'));
    const [name, value] = Searches.get(query.get('state')) ?? ['state', query.get('state')];
    if (value) {
      wanted.set(name, value);
    }
  }
  ['from', 'to'].filter(name => query.has(name)).forEach(name => wanted.set(name, query.get(name)));
  begin(`/console?${query}`, cursor => {
    const page = new URLSearchParams(wanted);
    if (cursor) {
      page.set('cursor', cursor);
    }
    return call('GET', `/v1/archive/stays?${page}`);
  });
}

/** @param {string | null} address null for a search that no address has @param {(cursor: string | null) => Promise<any>} fetchPage */
function begin(address, fetchPage) {
  search = { address, fetchPage };
  const mine = search;
  $('#stays-empty').hidden = true;
  setList(rows, [0, 1, 2], String, () => clone('stay-waiting-template'));
  fetchInto($('#stays-found'), async () => {
    const { body } = await fetchPage(null);
    if (mine === search) {
      found = body;
      paintRows();
    }
  }).then(isDone => isDone || mine !== search || setList(rows, [], String, () => null));
}

function more() {
  const mine = search;
  fetchInto($('#stays-found'), async () => {
    const { body } = await mine.fetchPage(found.next);
    if (mine === search) {
      found = { stays: [...found.stays, ...body.stays], next: body.next };
      paintRows();
    }
  });
}

function paintRows() {
  setList(rows, found.stays, stay => stay.id, () => clone('stay-row-template'), ({ part }, stay) => {
    const zone = zoneOf(stay.facility);
    setText(part.link, stay.enteredAt ? short(stay.enteredAt, zone) : t('stays.notSeen'));
    part.link.href = `/console?view=stays&stay=${stay.id}`;
    setText(part.ended, stay.endedAt ? short(stay.endedAt, zone) : '—');
    setText(part.ending, wordFor('stays.ending', stay.ending));
    setText(part.facility, facilityName(stay.facility));
    setText(part.gates, `${stay.entryGate ?? '—'} → ${stay.exitGate ?? '—'}`);
    paintState(part.state, stay);
    setText(part.doubts, (stay.doubts ?? []).map(doubt => wordFor('stays.doubt', doubt)).join(' · '));
  });
  const empty = $('#stays-empty');
  empty.hidden = found.stays.length > 0;
  setText(empty, t('stays.none'));
  $('#stays-more').hidden = !found.next;
  setText($('#stays-count'), found.stays.length > 0 ? t(found.next ? 'stays.countMore' : 'stays.count', { n: found.stays.length }) : '');
}

function noteProblem(text) {
  const empty = $('#stays-empty');
  empty.hidden = false;
  setText(empty, text);
}
