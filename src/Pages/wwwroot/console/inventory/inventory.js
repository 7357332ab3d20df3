// An inventory of one facility: a count, and the open stays whose vehicles are not there. What it changes is shown before it is recorded.

import { now } from '../../shared/clock.js';
import { $, clone, partsOf, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { offerFacilities } from '../choosing.js';
import { city, facilityName, isFetched, mayDo, onFacilities } from '../city.js';
import { fromField, toField } from '../fields.js';
import { figures, lookAt } from '../model.js';
import { fetchInto } from '../panel.js';
import { moveAlong } from '../rows.js';
import { allowRecording, askToRecord, paintGates, wireRecording } from './recording.js';

const Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour, OldestCount = 12 * Hour, MostStays = 500, PageSize = 200, TimeEvery = 20_000;

let form, rows, go, isLive = false;

/** @type {import('../city.js').Facility | null} */
let facility = null;

/** The open stays that were found. */
let found = { stays: [], next: null };

/** The gates as they were when they were last asked for: where the page does not hear of them by itself. */
let fetchedGates = [];

/** The stays that are ticked, by id. @type {Set<string>} */
const ticked = new Set();

/** The stays that were closed here: the archive has them as open for some seconds more. @type {Set<string>} */
const closed = new Set();

/** @param {(address: string) => void} goTo */
export function wire(goTo) {
  go = goTo;
  [form, rows] = [$('#inventory-form'), $('#inventory-rows')];
  const { facility: choice, countedAt, reason } = form.elements;
  offerFacilities(choice, one => mayDo('operate', one));
  onFacilities(() => {
    if (!facility && !$('#view-inventory').hidden) {
      show(new URLSearchParams(location.search));
    }
  });
  choice.addEventListener('change', () => go(`/console?view=inventory&facility=${encodeURIComponent(choice.value)}`));
  countedAt.addEventListener('input', () => { countedAt.dataset.typed = 'true'; });
  // Enter ends a composition and must not send the form.
  reason.addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
  form.addEventListener('submit', event => {
    event.preventDefault();
    preview();
  });
  rows.addEventListener('change', ({ target }) => {
    (target.checked ? ticked.add(target.value) : ticked.delete(target.value));
    paintChosen();
  });
  $('#inventory-reload').addEventListener('click', loadAnew);
  $('#inventory-more').addEventListener('click', () => load(found.next));
  wireRecording(untick, begin);
  setInterval(paintTime, TimeEvery);
}

/** @param {URLSearchParams} query */
export function show(query) {
  const id = query.get('facility');
  const before = facility?.id;
  facility = meantBy(id);
  $('#inventory-found').hidden = $('#inventory-ask').hidden = !facility;
  const isRefused = !facility && id !== null && isFetched(`facility:${id}`);
  $('#inventory-problem').hidden = !isRefused;
  if (!facility) {
    setText($('#inventory-problem'), isRefused ? t('inventory.notYours', { facility: facilityName(id) }) : '');
    setText($('#inventory-shown'), t('console.unknown'));
    $('#inventory-doubted').hidden = true;
    form.elements.facility.value = '';
    return;
  }
  form.elements.facility.value = facility.id;
  $('#inventory-back').href = `/console?facility=${encodeURIComponent(facility.id)}`;
  if (facility.id !== before) {
    ticked.clear();
    form.reset();
    form.elements.facility.value = facility.id;
    delete form.elements.countedAt.dataset.typed;
    found = { stays: [], next: null };
    $('#inventory-empty').hidden = true;
    setList(rows, [0, 1, 2], String, () => clone('inventory-waiting-template'));
  }
  paintTime();
  loadAnew();
  paint();
}

/**
 * The facility that an address means, where this person may take inventory; null if there is none, or it is not known yet. Never another
 * one than the address names. @param {string | null} id
 */
function meantBy(id) {
  const meant = id !== null ? city.byId.get(id)
    : city.byId.get(facility?.id) ?? city.facilities.find(one => mayDo('operate', one));
  return meant && mayDo('operate', meant) ? meant : null;
}

/** Newer figures: the number, and the gates that speak against an inventory now. */
export function paint() {
  if (facility) {
    setText($('#inventory-shown'), lookAt(facility)?.shown ?? t('console.unknown'));
    const doubted = doubtedOf([...figures.gates.get(facility.id)?.values() ?? fetchedGates]);
    const place = $('#inventory-doubted');
    place.hidden = doubted.length === 0;
    paintGates(partsOf(place).gates, doubted, facility.timeZone);
  }
}

/** @param {boolean} live */
export function allowActs(live) {
  isLive = live;
  for (const button of ['#inventory-ask', '#inventory-reload', '#inventory-more']) {
    $(button).disabled = !live;
  }
  form.elements.facility.disabled = !live;
  allowRecording(live);
}

/** @param {1 | -1} step */
export const move = step => moveAlong(rows.querySelectorAll('input'), step);

/** As the service doubts them: one that was never heard counts only if another one of the facility was. */
const doubtedOf = gates => (gates.some(({ state }) => state !== 'never')
  ? gates.filter(({ state, unsent }) => state !== 'online' || unsent > 0) : []);

/** Until somebody types a time, it is now. */
function paintTime() {
  const { countedAt } = form.elements;
  if (facility && !countedAt.dataset.typed && document.activeElement !== countedAt) {
    countedAt.value = toField(now(), facility.timeZone);
  }
}

/** Fetches the stays from the beginning. What the archive has as open by now is open, also what was closed here. */
function loadAnew() {
  closed.clear();
  load();
}

/** Fetches the open stays, and the gates. @param {string | null} [cursor] where the stays go on; without it they begin again */
function load(cursor = null) {
  const mine = facility;
  const of = encodeURIComponent(mine.id);
  fetchInto($('#inventory-found'), async () => {
    const page = new URLSearchParams({ facility: mine.id, open: 'true', limit: String(PageSize), ...(cursor && { cursor }) });
    const [{ body }, gates] = await Promise.all([call('GET', `/v1/archive/stays?${page}`), call('GET', `/v1/facilities/${of}/gates`)]);
    if (mine.id !== facility?.id) {
      return;
    }
    const before = cursor ? found.stays : [];
    const known = new Set([...before.map(({ id }) => id), ...closed]);
    found = { stays: [...before, ...body.stays.filter(({ id }) => !known.has(id))], next: body.next };
    fetchedGates = gates.body.gates.map(gate => ({ ...gate, gate: gate.id }));
    if (!found.next) {
      // A page that was not fetched again may have the others.
      const open = new Set(found.stays.map(({ id }) => id));
      [...ticked].filter(id => !open.has(id)).forEach(id => ticked.delete(id));
    }
    paintRows();
    paint();
  });
}

function paintRows() {
  const zone = facility.timeZone;
  setList(rows, found.stays, ({ id }) => id, stay => {
    const piece = clone('inventory-row-template');
    const since = stay.enteredAt ? short(stay.enteredAt, zone) : t('inventory.notSeen');
    piece.part.tick.value = stay.id;
    piece.part.tick.ariaLabel = t('inventory.tick', { since, gate: stay.entryGate ?? '—' });
    setText(piece.part.since, since);
    piece.part.since.href = `/console?view=stays&stay=${stay.id}`;
    setText(piece.part.gate, stay.entryGate ?? '—');
    return piece;
  }, ({ part }, stay) => {
    part.tick.checked = ticked.has(stay.id);
    setText(part.lasts, stay.enteredAt ? lengthOf(now() - Date.parse(stay.enteredAt)) : '—');
    setText(part.state, wordFor('stays.state', stay.state));
  });
  $('#inventory-empty').hidden = found.stays.length > 0;
  $('#inventory-more').hidden = !found.next;
  paintChosen();
}

const paintChosen = () => setText($('#inventory-chosen'), ticked.size > 0 ? t('inventory.chosen', { n: ticked.size }) : '');

/** How long something lasts, in words. @param {number} time in milliseconds */
function lengthOf(time) {
  const minutes = Math.max(0, Math.floor(time / Minute));
  return minutes < Day / Minute
    ? t('inventory.hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
    : t('inventory.days', { d: Math.floor(minutes * Minute / Day), h: Math.floor(minutes % (Day / Minute) / 60) });
}

/** The time in the form. A field has no seconds: what is still this minute is now, or who came in just before would be from after it. */
const timeOf = ({ value }) => (value === toField(now(), facility.timeZone)
  ? new Date(now()).toISOString()
  : fromField(value, facility.timeZone));

/** Asks what the inventory in the form would change. */
function preview() {
  if (!isLive || !facility) {
    return;
  }
  paintTime();
  const { countedAt, count, reason } = form.elements;
  const at = timeOf(countedAt);
  const isInTime = at && Date.parse(at) <= now() && Date.parse(at) >= now() - OldestCount;
  const fault = !isInTime ? 'noTime'
    : count.value === '' && ticked.size === 0 ? 'nothing'
    : ticked.size > MostStays ? 'tooMany'
    : reason.value.trim() === '' ? 'noReason'
    : '';
  const problem = $('#inventory-problem');
  problem.hidden = fault === '';
  if (fault) {
    setText(problem, t(`inventory.${fault}`));
    return;
  }
  askToRecord(facility, {
    countedAt: at,
    ...(count.value !== '' && { count: Number(count.value) }),
    ...(ticked.size > 0 && { closes: [...ticked] }),
  }, reason.value.trim());
}

/** Stays that are not to be closed any more. @param {string[]} ids */
function untick(ids) {
  ids.forEach(id => ticked.delete(id));
  if (facility) {
    paintRows();
  }
}

/** What was typed has been recorded. @param {{ id: string, effect: string }[]} stays */
function begin(stays) {
  stays.filter(({ effect }) => effect === 'closes').forEach(({ id }) => closed.add(id));
  ticked.clear();
  form.elements.count.value = form.elements.reason.value = '';
  delete form.elements.countedAt.dataset.typed;
  paintTime();
  if (facility) {
    load();
  }
}
