// Fields for a date and a time, in a facility's zone and not in the browser's.

const Minute = 60_000;

/**
 * The date and time of a moment as a field for them has it: `2026-05-04T14:12`.
 * @param {import('../shared/times.js').Moment} at @param {string} zone IANA
 */
export function toField(at, zone) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).formatToParts(new Date(at));
  const of = type => parts.find(part => part.type === type).value;
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/**
 * The moment of a date and time in a zone, in ISO 8601 in UTC; null if the text is none. A time that a change of the clock left out counts
 * as the one after it.
 * @param {string} field `2026-05-04T14:12` @param {string} zone IANA
 */
export function fromField(field, zone) {
  const wanted = Date.parse(`${field}Z`);
  if (Number.isNaN(wanted)) {
    return null;
  }
  let at = wanted;
  for (let n = 0; n < 3; n++) {
    at += wanted - Date.parse(`${toField(at, zone)}Z`);
  }
  return new Date(Math.floor(at / Minute) * Minute).toISOString();
}
