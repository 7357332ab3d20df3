// Prices: the board in both languages, what a stay would cost, and the versions side by side.

import { now } from '../../shared/clock.js';
import { $, clone, setList, setText } from '../../shared/dom.js';
import { fillLines, money } from '../../shared/quotes.js';
import { call } from '../../shared/session.js';
import { date, minute } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { facilityOr, offerFacilities } from '../choosing.js';
import { city, onFacilities } from '../city.js';
import { fromField, toField } from '../fields.js';
import { postLines } from '../lines.js';
import { fetchInto } from '../panel.js';

const Minute = 60_000;

let form, go;

/** @param {(address: string) => void} goTo */
export function wire(goTo) {
  go = goTo;
  form = $('#price-form');
  offerFacilities(form.elements.facility);
  onFacilities(() => {
    if (!form.elements.facility.value && !$('#view-tariffs').hidden) {
      show(new URLSearchParams(location.search));
    }
  });
  form.elements.facility.addEventListener('change', () =>
    go(`/console?view=tariffs&facility=${encodeURIComponent(form.elements.facility.value)}`));
  form.addEventListener('submit', event => {
    event.preventDefault();
    quote();
  });
}

/** @param {URLSearchParams} query */
export function show(query) {
  const facility = facilityOr(query.get('facility'));
  if (!facility) {
    return;
  }
  form.elements.facility.value = facility.id;
  form.elements.entered.value ||= toField(now(), facility.timeZone);
  fetchInto($('#boards'), () => fetchBoards(facility));
  quote();
}

/** The board of each version; the tariff's own file says when each is in force. */
async function fetchBoards(facility) {
  const path = `/v1/facilities/${encodeURIComponent(facility.id)}`;
  const tariff = await call('GET', `${path}/tariff`).then(({ body }) => body, error => {
    if (error.status !== 404) {
      throw error;
    }
    return { versions: [] };
  });
  const boards = await Promise.all(tariff.versions.map(async version => ({
    version, board: (await call('GET', `${path}/price-board?version=${version.version}`)).body,
  })));
  if (form.elements.facility.value !== facility.id) {
    return;
  }
  $('#no-tariff').hidden = boards.length > 0;
  setList($('#board-list'), boards.reverse(), ({ version }) => `${facility.id} ${version.version}`, ({ version, board }) => {
    const { root, part } = clone('board-template');
    const isInForce = isNow(version);
    root.dataset.now = String(isInForce);
    setText(part.version, t('tariffs.version', { n: version.version }));
    const validity = [isInForce ? t('tariffs.inForce') : '', validityOf(version, facility.timeZone)];
    setText(part.validity, validity.filter(text => text).join(' · '));
    for (const language of ['zh', 'en']) {
      setList(part[language], board[language], String, line => {
        const piece = clone('board-line-template');
        setText(piece.root, line);
        return piece;
      });
    }
    return { root, part };
  });
}

function isNow({ validityStart, validityEnd }) {
  const at = now();
  return !(validityStart && Date.parse(validityStart) > at) && !(validityEnd && Date.parse(validityEnd) <= at);
}

function validityOf({ validityStart, validityEnd }, zone) {
  return [
    validityStart && t('tariffs.since', { day: date(validityStart, zone) }),
    validityEnd && t('tariffs.until', { day: date(validityEnd, zone) }),
  ].filter(text => text).join(' · ');
}

/** What the stay in the form costs. */
function quote() {
  const facility = city.byId.get(form.elements.facility.value);
  const { entered, hours, minutes, vehicle } = form.elements;
  if (!facility) {
    return;
  }
  const enteredAt = fromField(entered.value, facility.timeZone);
  const lasts = Number(hours.value) * 60 + Number(minutes.value);
  if (!enteredAt || !(lasts >= 0)) {
    return;
  }
  const exitedAt = new Date(Date.parse(enteredAt) + lasts * Minute).toISOString();
  fetchInto($('#price'), async () => {
    const [answer] = await postLines('/v1/tariffs/quotes', [
      { facility: facility.id, lines: true, nextChange: true }, { enteredAt, exitedAt, vehicleClass: vehicle.value },
    ]);
    const isPriced = answer.total !== undefined;
    $('#price-table').hidden = !isPriced;
    setText($('#price-note'), isPriced ? noteOf(answer, facility.timeZone) : answer.error?.problem ?? t('tariffs.none'));
    if (isPriced) {
      setText($('#price-total'), money(answer.total, answer.currency));
      fillLines($('#price-lines'), answer, facility.timeZone, t('tariffs.total'));
    } else {
      setText($('#price-total'), '—');
    }
  });
}

function noteOf({ version, rate, nextChange, currency }, zone) {
  const by = t('tariffs.by', { version, rate });
  return nextChange
    ? `${by} · ${t('tariffs.then', { time: minute(nextChange.leaveBy, zone), total: money(nextChange.total, currency) })}`
    : by;
}
