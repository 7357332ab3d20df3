// Which stay a dialog is about, in words.

import { short } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { facilityName, zoneOf } from '../city.js';

/** Its facility and since when. @param {any} stay as the service answers it, from the live store or the archive */
export function whichStay({ facility, enteredAt, earliestEntry, exitedAt, endedAt }) {
  const name = facilityName(facility);
  const time = at => short(at, zoneOf(facility));
  const entered = enteredAt ?? earliestEntry;
  return entered
    ? t('stays.which.entered', { facility: name, time: time(entered) })
    : t('stays.which.left', { facility: name, time: time(exitedAt ?? endedAt) });
}
