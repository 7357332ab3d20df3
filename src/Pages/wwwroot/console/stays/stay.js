// One stay as a story: where and when, what it cost and why, and what changed it. Old ones come from the archive, which has less of them.

import { $, clone, setList, setText } from '../../shared/dom.js';
import { fillLines, money } from '../../shared/quotes.js';
import { call, ProblemError } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { has, t, wordFor } from '../../shared/words.js';
import { city, facilityName, mayDo, onFacilities } from '../city.js';
import { allowCommands, ask, obstacleTo } from '../commands.js';
import { fetchInto, wordsOf } from '../panel.js';
import { whichStay } from './naming.js';
import { allowSending, fetchCases, showCasesOf, wireSending } from './stay-cases.js';

/** The stay that is shown, as the service answered; null while none is. */
let shown = null;
let wanted = '';
let isLive = false;
let isWired = false;

/** The stay that the open dialog is about, whatever is shown by now; and the exits of its facility, as they were then. */
let meant = null, exits = [];

/** @param {string} id */
export function openStay(id) {
  wire();
  if (wanted !== id) {
    closeStay();
  }
  wanted = id;
  fetchInto($('#stay'), async () => {
    const stay = await fetchStay(id);
    if (wanted === id) {
      const isAgain = shown !== null;
      shown = stay;
      paint();
      if (isAgain) {
        fetchCases();
      }
    }
  });
}

/** Shows no stay, and asks nothing more about the one before. */
export function closeStay() {
  [shown, wanted] = [null, ''];
  if (isWired) {
    dialogs().forEach(dialog => dialog.close());
    paint();
  }
}

const dialogs = () => ['#stay-close-dialog', '#stay-let-out-dialog', '#stay-send-dialog'].map(id => $(id));

/** The stay, from the live store, or from the archive once the live store has forgotten it. */
async function fetchStay(id) {
  const archived = call('GET', `/v1/archive/stays/${encodeURIComponent(id)}`).then(({ body }) => body, error => error);
  try {
    const { body } = await call('GET', `/v1/stays/${encodeURIComponent(id)}`);
    const old = await archived;
    return { stay: body, archive: old.stay ? old : null };
  } catch (error) {
    const old = await archived;
    if (error instanceof ProblemError && error.status === 404 && old.stay) {
      return { stay: null, archive: old };
    }
    throw error;
  }
}

/** Shows how reliable a stay is: a word, and a mark if a person should look. @param {HTMLElement} node @param {{ state: string }} stay */
export function paintState(node, { state }) {
  setText(node, wordFor('stays.state', state));
  node.dataset.state = state;
  node.dataset.mark = state === 'conflicting' ? '▲' : '';
}

/** @param {boolean} live */
export function allowStayActs(live) {
  isLive = live;
  allowCommands(live);
  for (const button of ['#stay-close', '#stay-close-confirm', '#stay-let-out', '#stay-let-out-next'].map(id => $(id))) {
    if (button) {
      button.disabled = !live;
    }
  }
  allowSending(live);
}

function wire() {
  if (isWired) {
    return;
  }
  isWired = true;
  const dialog = $('#stay-close-dialog');
  $('#stay-close').addEventListener('click', () => {
    meant = shown.stay;
    $('#stay-close-problem').hidden = true;
    setText($('#stay-close-which'), whichStay(meant));
    dialog.showModal();
  });
  $('#stay-close-confirm').addEventListener('click', async () => {
    const mine = meant;
    try {
      await call('POST', `/v1/stays/${encodeURIComponent(mine.id)}/close`);
      if (mine === meant) {
        dialog.close();
      }
      if (wanted === mine.id) {
        openStay(mine.id);
      }
    } catch (error) {
      if (mine === meant) {
        $('#stay-close-problem').hidden = false;
        setText($('#stay-close-problem'), wordsOf(error));
      }
    }
  });
  wireSending();
  onFacilities(paint);
  $('#stay-let-out').addEventListener('click', askForLane);
  $('#stay-let-out-form').addEventListener('submit', event => {
    event.preventDefault();
    letOut();
  });
  $('#stay-let-out-cancel').addEventListener('click', () => $('#stay-let-out-dialog').close());
  // What a command did to the stay is known only when its gate has reported it.
  $('#command-dialog').addEventListener('close', () => wanted && !$('#view-stays').hidden && openStay(wanted));
  allowStayActs(isLive);
}

/** Asks at which exit the vehicle stands. */
function askForLane() {
  const mine = shown.stay;
  [meant, exits] = [mine, []];
  setText($('#stay-let-out-which'), whichStay(mine));
  $('#stay-let-out-dialog').showModal();
  setList($('#stay-lanes'), [], String, () => null);
  fetchInto($('#stay-let-out-found'), async () => {
    const { body } = await call('GET', `/v1/facilities/${encodeURIComponent(mine.facility)}/gates`);
    if (mine !== meant) {
      return;
    }
    exits = body.gates.filter(gate => gate.direction === 'exit');
    setList($('#stay-lanes'), exits, gate => gate.id, gate => {
      const piece = clone('stay-lane-template');
      piece.part.choice.value = gate.id;
      piece.part.choice.disabled = obstacleTo(gate) !== '';
      setText(piece.part.gate, gate.id);
      setText(piece.part.cannot, obstacleTo(gate));
      return piece;
    });
    const able = $('#stay-lanes input:enabled');
    able?.toggleAttribute('checked', true);
    able?.focus();
    $('#stay-no-lane').hidden = Boolean(able);
  });
}

/** Asks for the reason of the command that opens the chosen exit for this stay. */
function letOut() {
  const gate = exits.find(({ id }) => id === $('#stay-let-out-form').elements.lane?.value);
  if (gate) {
    $('#stay-let-out-dialog').close();
    ask(city.byId.get(gate.facility), { ...gate, gate: gate.id }, 'open_once', {
      id: meant.id, title: t('stays.lettingOut.title'), what: `${whichStay(meant)} ${t('stays.lettingOut.what')}`,
    });
  }
}

function paint() {
  const main = shown && (shown.stay ?? shown.archive.stay);
  const facility = main && city.byId.get(main.facility);
  const zone = facility?.timeZone ?? 'UTC';
  $('#stay-content').hidden = !main;
  setText($('#stay-title'), main ? t('stays.title', { id: main.id.slice(0, 8) }) : t('stays.loading'));
  if (!main) {
    showCasesOf(null);
    return;
  }
  setText($('#stay-id'), main.id);
  setText($('#stay-facility'), facilityName(main.facility));
  paintState($('#stay-state'), main);
  setText($('#stay-doubts'), (main.doubts ?? []).map(doubt => wordFor('stays.doubt', doubt)).join(' · '));
  const mayEnd = main.ending === 'open' && facility && mayDo('operate', facility) && shown.stay;
  $('#stay-close').hidden = $('#stay-let-out').hidden = !mayEnd;
  paintSuperseded(main.supersededBy);
  showCasesOf(shown.archive?.stay ?? null, facility);
  setList($('#stay-facts'), factsOf(main, zone), fact => fact.name, ({ name, value }) => {
    const piece = clone('stay-fact-template');
    setText(piece.part.name, t(`stays.fact.${name}`));
    setText(piece.part.value, value);
    return piece;
  }, (piece, { value }) => setText(piece.part.value, value));
  paintQuote(zone);
  paintRevisions(zone);
  paintArchive(zone);
}

function paintSuperseded(other) {
  const link = $('#stay-superseded');
  link.hidden = !other;
  if (other) {
    link.querySelector('a').href = `/console?view=stays&stay=${other}`;
  }
}

/** What is known of it, in the order in which it happened. */
function factsOf(stay, zone) {
  const at = value => (value ? short(value, zone) : null);
  const gates = shown.archive?.stay ?? {};
  const between = (early, late) => (early && late ? t('stays.between', { early: at(early), late: at(late) }) : at(early ?? late));
  return [
    { name: 'entered', value: between(stay.earliestEntry, stay.enteredAt) ?? t('stays.notSeen') },
    { name: 'entryGate', value: gates.entryGate },
    { name: 'exited', value: between(stay.exitedAt, stay.latestExit) },
    { name: 'ended', value: stay.exitedAt ? null : at(stay.endedAt) },
    { name: 'exitGate', value: gates.exitGate },
    { name: 'ending', value: wordFor('stays.ending', stay.ending) },
    { name: 'displayed', value: displayedOf() },
    { name: 'unaccounted', value: at(gates.unaccountedAt) },
  ].filter(({ value }) => value);
}

/** What the driver read at the exit, which may be another amount than the one that is right by now. */
function displayedOf() {
  const last = shown.archive?.revisions.at(-1);
  return last && last.displayed !== undefined && last.currency ? money(last.displayed, last.currency) : null;
}

function paintQuote(zone) {
  const quote = shown.stay ? shown.stay.quote : archivedQuote();
  $('#stay-quote').hidden = !quote?.lines;
  $('#stay-no-quote').hidden = Boolean(quote?.lines);
  setText($('#stay-no-quote'), t('stays.noFee'));
  if (quote?.lines) {
    fillLines($('#stay-lines'), quote, zone, t('stays.total'));
    setText($('#stay-tariff'), quote.tariff ? t('stays.tariff', { tariff: quote.tariff, version: quote.version, rate: quote.rate }) : '');
  }
}

/** What a stay cost by its last revision, once the live store has forgotten it. */
function archivedQuote() {
  const last = shown.archive.revisions.at(-1);
  return last?.lines && last.currency ? { lines: last.lines, total: last.total, currency: last.currency } : null;
}

function paintRevisions(zone) {
  const revisions = shown.stay?.revisions ?? [];
  $('#stay-changes').hidden = revisions.length === 0;
  setList($('#stay-revisions'), revisions, one => String(one.version), one => {
    const { root, part } = clone('stay-revision-template');
    setText(part.version, t('stays.version', { n: one.version }));
    setText(part.at, short(one.at, zone));
    setText(part.cause, wordFor('stays.cause', one.cause));
    setText(part.event, one.event);
    setList(part.changes, one.changes, change => change.member, change => {
      const piece = clone('stay-change-template');
      setText(piece.part.member, wordFor('stays.member', change.member));
      setText(piece.part.from, valueOf(change.member, change.from, zone));
      setText(piece.part.to, valueOf(change.member, change.to, zone));
      return piece;
    });
    return { root, part };
  });
}

function paintArchive(zone) {
  const revisions = shown.archive?.revisions ?? [];
  $('#stay-archive').hidden = revisions.length === 0;
  setList($('#stay-archived'), revisions, one => String(one.revision), one => {
    const { root, part } = clone('stay-archived-template');
    setText(part.revision, one.revision);
    setText(part.recorded, short(one.recordedAt, zone));
    setText(part.entered, one.enteredAt ? short(one.enteredAt, zone) : '—');
    setText(part.ended, one.endedAt ? short(one.endedAt, zone) : '—');
    setText(part.state, wordFor('stays.state', one.state));
    setText(part.total, one.total !== undefined && one.currency ? money(one.total, one.currency) : '—');
    setText(part.displayed, one.displayed !== undefined && one.currency ? money(one.displayed, one.currency) : '—');
    part.total.title = t('stays.priced', { version: one.tariffVersion ?? '—', hash: (one.tariffHash ?? '—').slice(0, 12) });
    return { root, part };
  });
}

/** A value of a change as people read it: times in the facility's zone, names in words. */
function valueOf(member, value, zone) {
  if (value === undefined || value === null) {
    return '—';
  }
  if (/^\d{4}-\d\d-\d\dT/.test(value)) {
    return short(value, zone);
  }
  if (member === 'fee' && shown.stay?.quote) {
    return money(Number(value), shown.stay.quote.currency);
  }
  return ['state', 'ending'].includes(member) && has(`stays.${member}.${value}`) ? t(`stays.${member}.${value}`) : value;
}
