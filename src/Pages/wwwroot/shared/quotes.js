// Money, and how a price adds up.

import { minute } from './times.js';
import { language, nameOf } from './words.js';

/**
 * An amount as people write it. @param {number} minor in minor units (fen), with decimals on lines that are not rounded yet
 * @param {string} currency ISO 4217
 */
export function money(minor, currency) {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', trailingZeroDisplay: 'stripIfInteger' };
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const digits = new Intl.NumberFormat(locale, options).resolvedOptions().maximumFractionDigits;
  const more = Number.isInteger(minor) ? {} : { maximumFractionDigits: digits + 6 };
  return new Intl.NumberFormat(locale, { ...options, ...more }).format(minor / 10 ** digits);
}

/** @param {string} name @param {string} text @param {string} [style] */
function cell(name, text, style) {
  const node = document.createElement(name);
  node.textContent = text;
  if (style) {
    node.className = style;
  }
  return node;
}

/**
 * Fills the body of a table with the lines of a quote, and its sum.
 * @param {HTMLElement} body @param {any} quote as the service answers @param {string} zone the facility's @param {string} total what the
 *   sum is called
 */
export function fillLines(body, quote, zone, total) {
  const rows = (quote.lines ?? []).map(line => {
    const row = document.createElement('tr');
    const what = cell('th', nameOf(line.text));
    what.scope = 'row';
    if (line.from && line.to) {
      what.append(cell('small', `${minute(line.from, zone)} – ${minute(line.to, zone)}`));
    }
    row.append(what, cell('td', money(line.amount, quote.currency)));
    return row;
  });
  const sum = document.createElement('tr');
  sum.className = 'total';
  const what = cell('th', total);
  what.scope = 'row';
  sum.append(what, cell('td', money(quote.total, quote.currency)));
  body.replaceChildren(...rows, sum);
}
