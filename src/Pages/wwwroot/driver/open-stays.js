// The open stays, with what they cost now. Loaded with the first one.

import { now } from '../shared/clock.js';
import { $, clone, setList, setText } from '../shared/dom.js';
import { fillLines, money } from '../shared/quotes.js';
import { short } from '../shared/times.js';
import { t, wordFor } from '../shared/words.js';
import { facility } from './facilities.js';
import { fillPlate } from './vehicles.js';

const Soon = 5 * 60_000;

/**
 * @param {any[]} open the open stays
 * @param {boolean} isLive whether the prices are of now
 * @param {number} loadedAt when they were read, by the service's clock
 */
export function paintOpen(open, isLive, loadedAt) {
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
    const note = [stay.state === 'settled' ? '' : wordFor('driver.state', stay.state), isLive ? '' : t('driver.priceOf', { time: short(loadedAt, zone) })];
    setText(part.note, note.filter(Boolean).join(' · '));
    part.details.hidden = !stay.quote;
    if (stay.quote && part.lines.dataset.at !== String(loadedAt)) {
      part.lines.dataset.at = String(loadedAt);
      fillLines(part.lines, stay.quote, zone, t('driver.total'));
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
