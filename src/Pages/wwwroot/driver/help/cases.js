// The driver's cases: what was written, and what was answered.

import { clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { t, wordFor } from '../../shared/words.js';
import { paintEmpty } from '../empty-list.js';
import { cityZone, facility, learn } from '../facilities.js';
import { momentOf, timesOf } from '../stay-times.js';
import { makeList } from './lists.js';

/** Reads the cases, and shows them. */
export const loadCases = makeList('cases', read, paint);

/** Stays of the archive that cases are about, by their ids: they are asked for once. @type {Map<string, any>} */
const archived = new Map();

/** A case names its stay. Which facility and time that was, the list of the last 30 days says, or the archive. */
async function read() {
  const reading = call('GET', '/v1/me/stays').then(({ body }) => [...body.open, ...body.recent], () => []);
  const { cases } = (await call('GET', '/v1/me/cases')).body;
  const recent = await reading;
  const known = new Map([...archived, ...recent.map(stay => [stay.id, stay])]);
  for (const id of new Set(cases.map(one => one.stay))) {
    if (!known.has(id)) {
      const found = await call('GET', `/v1/me/archive/stays/${id}`).catch(() => null);
      if (found) {
        archived.set(id, found.body.stay);
        known.set(id, found.body.stay);
      }
    }
  }
  await learn(cases.flatMap(one => known.get(one.stay)?.facility ?? [])).catch(() => { });
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
    setText(part.state, wordFor('driver.case', one.state));
    setText(part.stay, one.about ? `${facility(one.about.facility).name} · ${timesOf(one.about)}` : '—');
    setText(part.sent, t('help.case.sent', { reason: wordFor('help.case.reason', one.reason), time: momentOf(one.openedAt, zone) }));
    setText(part.text, one.text);
    part.ended.hidden = !one.endedAt;
    if (one.endedAt) {
      setText(part.how, `${wordFor('help.case.how', one.state)} · ${momentOf(one.endedAt, zone)}`);
      setText(part.answer, one.answer);
    }
  });
}
