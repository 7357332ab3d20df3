// One facility: its number and where it comes from, its lanes, its day and its log.

import { $, clone, partsOf, setAttributes, setList, setText } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { short } from '../shared/times.js';
import { has, nameOf, t, wordFor } from '../shared/words.js';
import { city, mayDo } from './city.js';
import { allowCommands, paintCommands, paintDialog } from './commands.js';
import { clearDay, paintDay, takeDay, takeLastWeek } from './day.js';
import { toField } from './fields.js';
import { causesOf, figures, lookAt } from './model.js';
import { setState } from './overview.js';
import { fetchInto } from './panel.js';
import { moveAlong } from './rows.js';
import { allowSwitching } from './switching.js';

export { askToRebuild, askToSwitch } from './switching.js';

const LogRows = 50, LogPause = 1_000, WeekMs = 7 * 86_400_000;

const number = partsOf($('#sum-of')), logRows = $('#log');

/** @type {import('./city.js').Facility | null} */
let open = null;
let logTimer = 0;

/** The text of a name that a newer service may have added to. */
const wordOf = (group, name) => t(has(`console.${group}.${name}`) ? `console.${group}.${name}` : `console.${group}.other`);

/** Opens a facility's view. @param {import('./city.js').Facility} facility */
export function openFacility(facility) {
  open = facility;
  setText($('#facility-title'), nameOf(facility.name));
  $('#to-inventory').href = `/console?view=inventory&facility=${encodeURIComponent(facility.id)}`;
  setText($('#facility-district'), nameOf(city.districts.find(({ id }) => id === facility.district).name));
  setList(logRows, [0, 1, 2], String, () => clone('waiting-template'));
  $('#log-empty').hidden = true;
  clearDay();
  fetchDay();
  fetchLog();
}

export function closeFacility() {
  open = null;
}

/** Nothing can be done while the connection is lost. @param {boolean} live */
export function allowActs(live) {
  allowSwitching(live);
  allowCommands(live);
}

/** Moves the focus among the lanes. @param {1 | -1} step */
export const moveLane = step => moveAlong(document.querySelectorAll('#lanes > li'), step);

/** Asks to open the lane that has the focus, or the only one. */
export function openLane() {
  const lanes = [...document.querySelectorAll('#lanes > li')];
  const lane = lanes.find(one => one.contains(document.activeElement)) ?? (lanes.length === 1 ? lanes[0] : null);
  lane?.querySelector('[data-command=open_once]')?.click();
}

/** Fetches the day again. */
export function fetchDay() {
  const facility = open;
  return facility && fetchInto($('#day-panel'), async () => {
    const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(facility.id)}/occupancy/today`);
    if (facility === open) {
      takeDay(body);
      paintFacility();
    }
    const before = await fetchLastWeek(facility, Date.parse(body.from));
    if (facility === open) {
      takeLastWeek(before);
      paintFacility();
    }
  });
}

/** The same day of last week, as it was used; null if it is not known. */
async function fetchLastWeek({ id, timeZone }, from) {
  const day = toField(Date.parse(`${toField(from, timeZone)}Z`) - WeekMs, 'UTC').slice(0, 10);
  const answer = await call('GET', `/v1/facilities/${encodeURIComponent(id)}/use?from=${day}&to=${day}`).catch(() => null);
  return answer?.body.days[0] ?? null;
}

/** Fetches the log again. */
export function fetchLog() {
  const facility = open;
  return facility && fetchInto($('#log-panel'), async () => {
    const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(facility.id)}/log?limit=${LogRows}`);
    if (facility === open) {
      setList(logRows, body.entries, entry => `${entry.gate} ${entry.journal} ${entry.seq}`, entry => makeEntry(entry, facility.timeZone));
      $('#log-empty').hidden = body.entries.length > 0;
    }
  });
}

/** Something at a gate changed: the log may have more, but not more often than once a second. */
export function logMayHaveChanged() {
  logTimer ||= setTimeout(() => {
    logTimer = 0;
    fetchLog();
  }, LogPause);
}

function makeEntry(entry, zone) {
  const { root, part } = clone('log-template');
  setText(part.at, short(entry.occurredAt, zone));
  part.at.dateTime = entry.occurredAt;
  setText(part.what, wordOf('kind', entry.kind));
  const counted = entry.kind === 'counted' ? t('console.log.counted', { count: entry.count, open: entry.openStays }) : '';
  setText(part.detail, [counted, entry.text].filter(text => text).join(' · '));
  setText(part.gate, entry.gate);
  return { root, part };
}

/** Shows the newest figures. */
export function paintFacility() {
  if (!open) {
    return;
  }
  const look = lookAt(open);
  const message = look?.message;
  setState($('#facility-state'), look);
  const unknown = t('console.unknown');
  setText(number.occupied, look?.shown === null ? unknown : message?.occupied ?? unknown);
  number.term.dataset.sign = message?.correction < 0 ? '−' : '+';
  const correction = message?.correction === undefined ? t('console.number.never') : Math.abs(message.correction);
  setText(number.correction, look && look.shown !== null ? correction : unknown);
  number.correction.classList.toggle('word', typeof correction === 'string' && look?.shown !== null);
  setText(number.shown, look?.shown ?? unknown);
  setText(number.capacity, t('console.number.capacity', { capacity: message?.capacity ?? open.capacity }));
  setAttributes($('#facility-meter'), { value: look?.fullness ?? 0, class: look?.isPale && 'pale' });
  setList($('#causes'), sentencesOf(look), ({ text }) => text, ({ text, mark }) => {
    const piece = clone('cause-template');
    piece.part.mark.dataset.mark = mark;
    setText(piece.part.what, text);
    piece.root.dataset.calm = String(mark === '');
    return piece;
  });
  const gates = [...figures.gates.get(open.id)?.values() ?? []];
  setList($('#lanes'), gates, gate => gate.gate, () => clone('lane-template'), paintLane);
  const button = $('#switch');
  setText(button, look?.isClosed ? t('console.open') : t('console.close'));
  button.dataset.closes = String(!look?.isClosed);
  for (const one of [button, $('#rebuild'), $('#to-inventory')]) {
    one.hidden = !mayDo('operate', open);
  }
  paintDialog();
  paintDay(open, look);
}

/** @returns {{ text: string, mark: string }[]} */
function sentencesOf(look) {
  if (!look) {
    return [];
  }
  if (look.shown === null) {
    return [{ text: t('console.number.unknown'), mark: '■' }];
  }
  const { occupied, correction } = look.message;
  const floor = occupied + (correction ?? 0) < 0 ? [{ text: t('console.number.floor'), mark: '' }] : [];
  const causes = causesOf(look.message).map(({ cause, n }) => ({ text: t(`console.number.${cause}`, { n }), mark: '◆' }));
  return floor.concat(causes.length > 0 ? causes : [{ text: t('console.number.exact'), mark: '' }]);
}

function paintLane({ root, part }, gate) {
  const zone = open.timeZone;
  const isBad = gate.state !== 'online' || gate.offline || gate.fault;
  root.dataset.trouble = String(isBad);
  setText(part.arrow, gate.direction === 'entry' ? '→' : '←');
  setText(part.gate, gate.gate);
  setText(part.direction, wordFor('console.direction', gate.direction));
  part.state.dataset.state = gate.state === 'silent' ? 'silent' : gate.state === 'never' ? 'waiting' : 'open';
  part.state.dataset.mark = gate.state === 'silent' ? '▲' : '';
  setText(part.state, wordFor('console.lane', gate.state));
  setText(part.barrier, gate.barrier ? t('console.lane.barrier', { position: wordFor('console.barrier', gate.barrier) }) : '');
  setText(part.heard, heardOf(gate, zone));
  const notes = [
    gate.fault && gate.barrier !== 'faulty' && { kind: 'bad', text: t('console.lane.fault') },
    gate.offline && { kind: 'bad', text: t('console.lane.offline') },
    gate.unsent > 0 && { kind: 'bad', text: t('console.lane.unsent', { n: gate.unsent }) },
    gate.lastIncident && {
      kind: '', text: t('console.lane.incident', {
        what: wordOf('incident', gate.lastIncident.incident), time: short(gate.lastIncident.occurredAt, zone),
      }),
    },
  ].filter(note => note);
  setList(part.notes, notes, ({ text }) => text, ({ text, kind }) => {
    const piece = clone('note-template');
    piece.root.className = kind;
    setText(piece.root, text);
    return piece;
  });
  paintCommands({ root, part }, open, gate);
}

/** A gate that is heard says so again and again, which is no message: its time would be an old one. */
function heardOf(gate, zone) {
  return gate.state !== 'online' && gate.lastHeardAt ? t('console.lane.heardAt', { time: short(gate.lastHeardAt, zone) }) : '';
}
