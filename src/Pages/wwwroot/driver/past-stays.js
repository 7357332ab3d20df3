// The past stays. Loaded when they are looked at first.

import { $, clone, setList, setText } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { fillLines, money } from '../shared/quotes.js';
import { day, minute, ownZone, zoneName } from '../shared/times.js';
import { t, wordFor } from '../shared/words.js';
import { facility } from './facilities.js';
import { fillPlate } from './vehicles.js';

function feeOf(stay) {
  if (stay.quote) {
    return money(stay.quote.total, stay.quote.currency);
  }
  return ['uncollectable', 'withdrawn', 'superseded'].includes(stay.state) ? t('driver.noFee') : '—';
}

function timesOf(stay, zone) {
  const [from, to] = [stay.enteredAt, stay.exitedAt];
  const on = day(from ?? to ?? stay.endedAt, zone);
  const until = to && (from && day(to, zone) !== on ? `${day(to, zone)} ${minute(to, zone)}` : minute(to, zone));
  return `${on} · ${from ? minute(from, zone) : '—'} – ${until ?? '—'}`;
}

/** @param {any[]} stays those that have ended, newest first */
export function paintPast(stays) {
  const list = $('#stays');
  list.removeAttribute('aria-busy');
  $('#stays-note').hidden = stays.length === 0;
  if (stays.length === 0) {
    const text = document.createElement('p');
    text.className = 'empty';
    text.textContent = t('driver.noStays');
    list.replaceChildren(text);
    return;
  }
  setList(list, stays, stay => stay.id, makePast, (piece, stay) => {
    const { part } = piece;
    piece.stay = stay;
    const { name, zone } = facility(stay.facility);
    setText(part.facility, name);
    setText(part.times, timesOf(stay, zone));
    setText(part.fee, feeOf(stay));
    fillPlate(part.plate, stay.plate);
    const zoneNote = zone === ownZone ? '' : t('driver.zone', { zone: zoneName(zone) });
    setText(part.state, [wordFor('driver.state', stay.state), zoneNote].filter(Boolean).join(' · '));
  });
}

/** Its lines are fetched when it is opened, and again after it has changed. */
function makePast() {
  /** @type {any} */
  const piece = clone('past-stay');
  let version = -1;
  piece.root.addEventListener('toggle', async () => {
    if (!piece.root.open || version === piece.stay.version) {
      return;
    }
    setText(piece.part.problem, '');
    try {
      const { body } = await call('GET', `/v1/stays/${piece.stay.id}`);
      version = body.version;
      piece.part.table.hidden = !body.quote;
      if (body.quote) {
        fillLines(piece.part.lines, body.quote, facility(body.facility).zone, t('driver.total'));
      }
    } catch {
      setText(piece.part.problem, t('driver.notLoaded'));
    }
  });
  return piece;
}
