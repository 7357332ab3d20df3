// The stays that are open, with what they cost now, and the past ones.

import { $, clone, setList, setText } from '../shared/dom.js';
import { minute, short } from '../shared/times.js';
import { t } from '../shared/words.js';
import { facility, learn } from './facilities.js';
import { fillLines, money, stateOf } from './quotes.js';
import { call, now } from './service.js';
import { fillPlate } from './vehicles.js';

const RefreshEvery = 30_000, RefreshProvisional = 5_000, RefreshFailed = 5_000, AfterChange = 1_500, Soon = 5 * 60_000;

/** @type {any[]} */
let open = [];
/** @type {any[] | null} */
let recent = null;
/** @type {((stays: any[]) => void) | null} */
let paintPast = null;
let loadedAt = 0, timer = 0, isLoading = false, isAskedAgain = false;
/** Whether the prices on the screen were read since the connection was last lost, and the last reading did not fail. */
let isLive = false, isHeld = false;
/** @type {(open: any[]) => void} */
let whenLoaded = () => { };

/** When the figures on the screen were made, by the service's clock; 0 if there are none. */
export const figuresFrom = () => loadedAt;

/** @param {(open: any[]) => void} onLoaded what to do with the open stays, each time they were read */
export function startStays(onLoaded) {
  whenLoaded = onLoaded;
  setInterval(paintOpen, 1_000);
  document.addEventListener('visibilitychange', () => document.hidden || loadStays());
}

/** While the connection is lost, prices are of the past, and afterwards until they have been read again. @param {boolean} isLost */
export function holdPrices(isLost) {
  isHeld = isLost;
  isLive &&= !isLost;
  paintOpen();
}

/** Reads the stays; asked while it reads, it reads once more. */
export async function loadStays() {
  if (isLoading) {
    isAskedAgain = true;
    return;
  }
  isLoading = true;
  clearTimeout(timer);
  let pause = RefreshEvery;
  try {
    const { body } = await call('GET', '/v1/me/stays');
    await learn([...body.open, ...body.recent].map(stay => stay.facility));
    [open, recent] = [body.open, body.recent];
    loadedAt = now();
    isLive = !isHeld;
    pause = pauseUntilNext();
    paintOpen();
    paintPast?.(recent);
    whenLoaded(open);
  } catch {
    isLive = false;
    pause = RefreshFailed;
    if (loadedAt) {
      paintOpen();
    } else {
      paintFailure();
    }
  } finally {
    isLoading = false;
    timer = setTimeout(() => document.hidden || loadStays(), isAskedAgain ? 0 : pause);
    isAskedAgain = false;
  }
}

/** Until a price changes, a barrier is to have reported, or half a minute has gone. */
function pauseUntilNext() {
  const changes = open.map(stay => Date.parse(stay.quote?.nextChange?.leaveBy) - now()).filter(left => left > 0)
    .map(left => left + AfterChange);
  const reports = open.some(stay => stay.state === 'provisional') ? [RefreshProvisional] : [];
  return Math.min(RefreshEvery, ...changes, ...reports);
}

function paintOpen() {
  $('#no-stay').hidden = !loadedAt || open.length > 0;
  setList($('#open-stays'), open, stay => stay.id, () => clone('open-stay'), ({ root, part }, stay) => {
    const { name, zone } = facility(stay.facility);
    const leaveBy = Date.parse(stay.quote?.nextChange?.leaveBy);
    const isPast = !isLive && leaveBy < now();
    setText(part.facility, name);
    setText(part.since, stay.enteredAt ? t('driver.since', { time: short(stay.enteredAt, zone) }) : '');
    fillPlate(part.plate, stay.plate);
    setText(part.fee, stay.quote && !isPast ? money(stay.quote.total, stay.quote.currency) : '—');
    root.classList.toggle('stale', !isLive);
    paintNext(part.next, stay, zone, isPast);
    root.classList.toggle('soon', isLive && leaveBy - now() < Soon);
    const note = [stay.state === 'settled' ? '' : stateOf(stay), isLive ? '' : t('driver.priceOf', { time: minute(loadedAt, zone) })];
    setText(part.note, note.filter(Boolean).join(' · '));
    part.details.hidden = !stay.quote;
    if (stay.quote && part.lines.dataset.at !== String(loadedAt)) {
      part.lines.dataset.at = String(loadedAt);
      fillLines(part.lines, stay.quote, zone);
    }
  });
}

/** "Leave by 14:30 to pay ¥15, then ¥25", its values in bold. */
function paintNext(node, stay, zone, isPast) {
  const quote = stay.quote;
  if (!quote || isPast) {
    setText(node, t(isPast ? 'driver.priceLost' : stay.enteredAt ? 'driver.noPrice' : 'driver.noEntry'));
    return;
  }
  if (!quote.nextChange) {
    setText(node, t('driver.holds'));
    return;
  }
  const values = {
    time: short(quote.nextChange.leaveBy, zone),
    now: money(quote.total, quote.currency),
    next: money(quote.nextChange.total, quote.currency),
  };
  const parts = t('driver.leaveBy', { time: '\0time\0', now: '\0now\0', next: '\0next\0' }).split('\0');
  const text = parts.map(part => values[part] ?? part).join('');
  if (node.textContent !== text) {
    node.replaceChildren(...parts.map(part => {
      const bold = document.createElement('b');
      bold.textContent = values[part];
      return part in values ? bold : part;
    }));
  }
}

/** Shows the past stays, now and whenever they are read. */
export async function showPast() {
  ({ paintPast } = await import('./past-stays.js'));
  if (recent) {
    paintPast(recent);
  }
}

function paintFailure() {
  const { root, part } = clone('failure');
  part.retry.addEventListener('click', loadStays);
  $('#stays').replaceChildren(root);
}
