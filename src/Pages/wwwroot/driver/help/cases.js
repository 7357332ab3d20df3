// The driver's cases: what was written, and what was answered.

import { clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { day, minute, short } from '../../shared/times.js';
import { t, wordFor } from '../../shared/words.js';
import { cityZone, facility, learn } from '../facilities.js';
import { makeList, paintEmpty } from './lists.js';

/** Reads the cases, and shows them. */
export const loadCases = makeList('cases', read, paint);

/** A case names its stay. Which facility and time that was, the list of the last 30 days says, or the archive. */
async function read() {
  const reading = call('GET', '/v1/me/stays').then(({ body }) => [...body.open, ...body.recent], () => []);
  const { cases } = (await call('GET', '/v1/me/cases')).body;
  const known = new Map((await reading).map(stay => [stay.id, stay]));
  await Promise.all([...new Set(cases.map(one => one.stay))].filter(id => !known.has(id)).map(async id => {
    const found = await call('GET', `/v1/me/archive/stays/${id}`).catch(() => null);
    known.set(id, found?.body.stay);
  }));
  await learn([...known.values()].flatMap(stay => stay?.facility ?? [])).catch(() => { });
  return cases.map(one => ({ ...one, about: known.get(one.stay) }));
}

function paint(list, cases) {
  if (cases.length === 0) {
    paintEmpty(list, t('help.case.none'));
    return;
  }
  setList(list, cases, one => one.number, () => clone('case'), ({ root, part }, one) => {
    const zone = one.about ? facility(one.about.facility).zone : cityZone();
    root.dataset.state = one.state;
    setText(part.number, t('help.case.number', { number: one.number }));
    setText(part.state, wordFor('help.case.state', one.state));
    setText(part.stay, one.about ? timesOf(one.about, zone) : '—');
    setText(part.sent, t('help.case.sent', { reason: wordFor('help.case.reason', one.reason), time: short(one.openedAt, zone) }));
    setText(part.text, one.text);
    part.ended.hidden = !one.endedAt;
    if (one.endedAt) {
      setText(part.how, `${wordFor('help.case.how', one.state)} · ${short(one.endedAt, zone)}`);
      setText(part.answer, one.answer);
    }
  });
}

function timesOf(stay, zone) {
  const [from, to] = [stay.enteredAt, stay.exitedAt].map(at => (at ? minute(at, zone) : '—'));
  return `${facility(stay.facility).name} · ${day(stay.enteredAt ?? stay.exitedAt ?? stay.endedAt, zone)} · ${from} – ${to}`;
}
