// The tab of past stays: first those of the last 30 days, which the live store has, then those of before, which the archive has. Loaded
// when it is looked at first.

import { now } from '../shared/clock.js';
import { $, clone, setList, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { money } from '../shared/quotes.js';
import { call } from '../shared/session.js';
import { ownZone, zoneName } from '../shared/times.js';
import { t, wordFor } from '../shared/words.js';
import { caseOf, hasDraft, hasOpenCase, loadCases, startDisputes } from './disputes.js';
import { paintEmpty } from './empty-list.js';
import { facility, learn } from './facilities.js';
import { PastStay } from './past-stay.js';
import { timesOf } from './stay-times.js';
import { fillPlate } from './vehicles.js';

const PageSize = 20, ReadAnewAfter = 60_000, Remembered = 30 * 24 * 3_600_000;

/** How many earlier stays were shown, so that after a reload as many are. */
const ShownKey = 'parking.earlier-stays';

/** @type {Promise<void> | null} */
let opening = null;
/** What the live store has; null until it is known. @type {any[] | null} */
let recent = null;
/** @type {Set<string>} */
let openIds = new Set();
/** What was read of the archive, newest first; null until it is known. @type {any[] | null} */
let archived = null;
/** Where the archive goes on; null at its end. @type {string | null} */
let next = null;
/** How often the archive was asked: only the newest answer counts. */
let asked = 0;
let isFailed = false, isLoading = false;
/** When the archive was last read from its newest stay on, by the steady clock. */
let readAt = -Infinity;
/** What to do again after a failure. @type {() => unknown} */
let retry = loadAnew;

/** Makes the tab ready, and reads what may have changed. @throws {Error} Its part of the page could not be fetched. */
export async function openTab() {
  opening ??= open().catch(error => {
    opening = null;
    throw error;
  });
  await opening;
  loadCases();
  // Where the connection comes and goes, this is asked for each time.
  if (isFailed || performance.now() - readAt > ReadAnewAfter) {
    loadAnew();
  }
}

async function open() {
  await loadPart('/driver/parts/stays', $('#earlier-place'));
  $('#earlier-more').addEventListener('click', showMore);
  startDisputes(paint);
}

/** @param {any[]} stays those that have ended within 30 days, newest first @param {any[]} open those that have not */
export function paintPast(stays, open) {
  recent = stays;
  openIds = new Set(open.map(stay => stay.id));
  paint();
  if (hasOpenCase()) {
    loadCases();
  }
}

const isEarlier = stay => Date.parse(stay.endedAt) <= now() - Remembered;

const countEarlier = stays => stays.filter(isEarlier).length;

/** Reads the archive from its newest stay on: as far as it was shown, and at least until something is earlier than 30 days. */
function loadAnew() {
  retry = loadAnew;
  const wanted = Math.max(1, Number(sessionStorage.getItem(ShownKey)));
  return load(null, [], stays => countEarlier(stays) >= wanted);
}

async function showMore() {
  const before = countEarlier(archived ?? []);
  sessionStorage.setItem(ShownKey, String(before + 1));
  await loadMore();
  sessionStorage.setItem(ShownKey, String(countEarlier(archived ?? [])));
}

/** Reads on until there is an earlier stay more. */
function loadMore() {
  retry = loadMore;
  const before = countEarlier(archived ?? []);
  return load(next, archived ?? [], stays => countEarlier(stays) > before);
}

/** @param {string | null} from @param {any[]} known @param {(stays: any[]) => boolean} isEnough */
async function load(from, known, isEnough) {
  const turn = ++asked;
  isLoading = true;
  paint();
  try {
    let [cursor, stays] = [from, known];
    do {
      const { body } = await call('GET', `/v1/me/archive/stays?limit=${PageSize}${cursor ? `&cursor=${cursor}` : ''}`);
      const ids = new Set(body.stays.map(stay => stay.id));
      stays = [...stays.filter(stay => !ids.has(stay.id)), ...body.stays];
      cursor = body.next ?? null;
    } while (cursor && !isEnough(stays));
    await learn(stays.map(stay => stay.facility));
    if (turn === asked) {
      [archived, next, isFailed, isLoading] = [stays.map(stay => ({ ...stay, isArchived: true })), cursor, false, false];
      readAt = from === null ? performance.now() : readAt;
    }
  } catch {
    if (turn === asked) {
      [isFailed, isLoading] = [true, false];
    }
  }
  paint();
}

/** The live store's word counts; what only the archive has is put where it belongs by its end. */
function paint() {
  const ids = new Set(recent?.map(stay => stay.id));
  const others = (archived ?? []).filter(stay => !ids.has(stay.id) && !openIds.has(stay.id));
  if (recent) {
    const late = others.filter(stay => !isEarlier(stay));
    paintRecent([...recent, ...late].sort((one, other) => Date.parse(other.endedAt) - Date.parse(one.endedAt)));
  }
  paintEarlier(others.filter(isEarlier));
}

function paintRecent(stays) {
  const list = $('#stays');
  list.removeAttribute('aria-busy');
  $('#stays-note').hidden = stays.length === 0;
  if (stays.length === 0) {
    paintEmpty(list, t('driver.noStays'));
    return;
  }
  paintList(list, stays);
}

function paintEarlier(stays) {
  paintList($('#earlier'), stays);
  $('#earlier-title').hidden = stays.length === 0 && !isFailed;
  $('#earlier-none').hidden = stays.length > 0 || archived === null || isFailed;
  const more = $('#earlier-more');
  more.hidden = isFailed || !next;
  more.disabled = isLoading;
  const problem = $('#earlier-problem');
  if (!isFailed) {
    problem.replaceChildren();
  } else if (!problem.firstChild) {
    const { root, part } = clone('stays-failure');
    part.retry.addEventListener('click', () => retry());
    problem.append(root);
  }
}

function paintList(list, stays) {
  setList(list, stays, stay => stay.id, stay => new PastStay(stay, goTo), (piece, stay) => {
    const { part } = piece;
    const { name, zone } = facility(stay.facility);
    setText(part.facility, name);
    setText(part.times, timesOf(stay));
    setText(part.fee, feeOf(stay));
    fillPlate(part.plate, stay.plate);
    const zoneNote = zone === ownZone ? '' : t('driver.zone', { zone: zoneName(zone) });
    setText(part.state, [wordFor('driver.state', stay.state), zoneNote].filter(Boolean).join(' · '));
    const opened = caseOf(stay.id);
    part.case.hidden = !opened;
    setText(part.case, opened ? t('history.case.title', { number: opened.number, state: wordFor('driver.case', opened.state) }) : '');
    piece.show(stay, hasDraft(stay.id));
  });
}

function feeOf(stay) {
  const fee = stay.quote ?? (stay.currency ? stay : null);
  if (fee && !['superseded', 'withdrawn'].includes(stay.state)) {
    return money(fee.total, fee.currency);
  }
  return ['uncollectable', 'withdrawn', 'superseded'].includes(stay.state) ? t('driver.noFee') : '—';
}

/**
 * Opens another stay, and reads the archive on if it is not shown yet.
 * @param {string} id @returns {Promise<boolean>} whether it is there
 */
async function goTo(id) {
  for (;;) {
    const row = document.getElementById(`stay-${id}`);
    if (row) {
      row.open = true;
      row.querySelector('summary').focus();
      row.scrollIntoView({ block: 'nearest' });
      return true;
    }
    if (!next || isFailed) {
      return false;
    }
    await loadMore();
  }
}
