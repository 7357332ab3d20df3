// How facilities were used, and which stays are in doubt: a row for each; one facility's hours and days. Every number leads to its stays.

import { now } from '../../shared/clock.js';
import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { date, day as dayOf, short, zoneName } from '../../shared/times.js';
import { nameOf, t } from '../../shared/words.js';
import { city, facilityName, onFacilities, zoneOf } from '../city.js';
import { fromField, toField } from '../fields.js';
import { fetchInto } from '../panel.js';
import { moveAlong } from '../rows.js';
import { paintFigures, paintLink, States } from './figures.js';
import { meanByHour, paintHours } from './hours.js';

const DayMs = 86_400_000, UsualDays = 7, MostDays = 92, Noon = 'T12:00Z';

let form, rows, days;

/** What is shown: a facility's id, or an empty text for all, and the days. */
let asked = { facility: '', from: '', to: '' };

/** @type {{ rows: any[], next: string | null }} */
let found = { rows: [], next: null };

/** @param {(address: string) => void} go */
export function wire(go) {
  [form, rows, days] = [$('#use-form'), $('#use-rows'), $('#use-days')];
  form.addEventListener('submit', event => {
    event.preventDefault();
    const { from, to } = form.elements;
    if (isRange(from.value, to.value)) {
      go(addressOf({ ...asked, from: from.value, to: to.value }));
    } else {
      notePeriod(false);
    }
  });
  onFacilities(() => !asked.facility && found.rows.length > 0 && paintRows());
  $('#use-more').addEventListener('click', () => found.next && fetchRows(found.next));
}

/** @param {URLSearchParams} query */
export function show(query) {
  const facility = city.byId.has(query.get('facility')) ? query.get('facility') : '';
  const today = toField(now(), zoneOf(facility)).slice(0, 10);
  const [from, to] = [query.get('from'), query.get('to')];
  asked = isRange(from, to) ? { facility, from, to } : { facility, from: dayAfter(today, 1 - UsualDays), to: today };
  [form.elements.from.value, form.elements.to.value] = [asked.from, asked.to];
  notePeriod(true);
  const place = city.byId.get(facility);
  const path = facility ? `/v1/facilities/${encodeURIComponent(facility)}/use` : '/v1/use';
  $('#use-csv').href = `${path}?${new URLSearchParams({ from: asked.from, to: asked.to, format: 'csv' })}`;
  setText($('#use-title'), place ? nameOf(place.name) : t('use.title'));
  setText($('#use-about'), place ? t('use.zone', { name: zoneName(place.timeZone), zone: place.timeZone }) : t('use.about'));
  $('#use-back').hidden = !facility;
  $('#use-back').href = addressOf({ ...asked, facility: '' });
  $('#use-city').hidden = facility !== '';
  $('#use-facility').hidden = !facility;
  if (facility) {
    $('#use-live').href = `/console?facility=${encodeURIComponent(facility)}`;
    fetchFacility();
  } else {
    found = { rows: [], next: null };
    setList(rows, [0, 1, 2], String, () => clone('use-waiting-template'));
    fetchRows(null);
  }
}

/** @param {1 | -1} step */
export const move = step => moveAlong(asked.facility ? days.children : rows.querySelectorAll('th a'), step);

const addressOf = ({ facility, from, to }) =>
  `/console?${new URLSearchParams({ view: 'use', ...(facility && { facility }), from, to })}`;

/** A day some days after another. @param {string} day `2026-05-04` @param {number} n */
const dayAfter = (day, n) => new Date(Date.parse(`${day}${Noon}`) + n * DayMs).toISOString().slice(0, 10);

function isRange(from, to) {
  const length = (Date.parse(`${to}${Noon}`) - Date.parse(`${from}${Noon}`)) / DayMs + 1;
  return length >= 1 && length <= MostDays;
}

function notePeriod(isRight) {
  $('#use-problem').hidden = isRight;
  setText($('#use-problem'), isRight ? '' : t('use.noDays'));
}

/** @param {string | null} after null: the first page */
function fetchRows(after) {
  const mine = asked;
  // A page is asked for once, however often somebody presses.
  $('#use-more').disabled = true;
  fetchInto($('#use-city'), async () => {
    const query = new URLSearchParams({ from: mine.from, to: mine.to, ...(after && { after }) });
    const { body } = await call('GET', `/v1/use?${query}`);
    if (mine === asked) {
      found = { rows: [...after ? found.rows : [], ...body.facilities], next: body.next ?? null };
      paintRows();
    }
  }).finally(() => { $('#use-more').disabled = false; });
}

function paintRows() {
  setList(rows, found.rows, one => one.facility, () => clone('use-row-template'), ({ part }, { facility, timeZone, sum, inDoubt }) => {
    const name = facilityName(facility);
    setText(part.name, name);
    part.name.href = addressOf({ ...asked, facility });
    const lately = { from: inDoubt.since, to: new Date(now() + DayMs).toISOString() };
    for (const state of States) {
      paintLink(part[state], inDoubt[state], { name, state, facility, ...lately });
    }
    const known = sum.days > 0 ? sum : null;
    paintLink(part.exits, known?.exits, { name, state: 'exit', facility, ...timesOf(asked.from, asked.to, timeZone) });
    paintFigures(part, known);
  });
  $('#use-empty').hidden = found.rows.length > 0;
  $('#use-more').hidden = !found.next;
}

/** From when to when some days are. */
const timesOf = (from, to, zone) => ({ from: fromField(`${from}T00:00`, zone), to: fromField(`${dayAfter(to, 1)}T00:00`, zone) });

function fetchFacility() {
  const mine = asked;
  fetchInto($('#use-days-panel'), async () => {
    const query = new URLSearchParams({ from: mine.from, to: mine.to });
    const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(mine.facility)}/use?${query}`);
    if (mine === asked) {
      paintHours(meanByHour(body.days, body.timeZone));
      const noon = day => date(`${day}${Noon}`, 'UTC');
      setText($('#use-hours-of'), t('use.hoursOf', { from: noon(mine.from), to: noon(mine.to) }));
      paintDays(body);
    }
  });
}

function paintDays({ facility, timeZone, sum, days: known }) {
  const byDay = new Map(known.map(one => [one.day, one]));
  const list = [{ key: 'sum', from: asked.from, to: asked.to, sum: sum.days > 0 ? sum : null, day: null }];
  for (let day = asked.to; day >= asked.from; day = dayAfter(day, -1)) {
    list.push({ key: day, from: day, to: day, sum: byDay.get(day)?.sum ?? null, day: byDay.get(day) ?? null });
  }
  setList(days, list, one => `${facility} ${one.key}`, () => clone('use-day-template'), ({ root, part }, one) => {
    const isSum = one.key === 'sum';
    const name = isSum ? t('use.sum') : dayOf(`${one.key}${Noon}`, 'UTC');
    root.className = isSum ? 'sum' : '';
    setText(part.day, name);
    const running = one.day && !one.day.isWhole;
    setText(part.note, running ? `${t('use.soFar')} · ${t('use.asOf', { time: short(one.day.asOf, timeZone) })}` : '');
    const times = timesOf(one.from, one.to, timeZone);
    for (const [field, state] of [['entries', 'entry'], ['exits', 'exit'], ...States.map(state => [state, state])]) {
      paintLink(part[field], one.sum?.[field], { name, state, facility, ...times });
    }
    paintFigures(part, one.sum);
  });
}
