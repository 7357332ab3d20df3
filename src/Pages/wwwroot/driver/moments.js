// What happened at a gate, in words, with what to do next.

import { $, clone, setText } from '../shared/dom.js';
import { short } from '../shared/times.js';
import { has, nameOf, t } from '../shared/words.js';

// For a driver these are the same: the reader's or the phone's trouble, not theirs.
const Same = {
  bad_encoding: 'not_a_code', bad_shape: 'not_a_code', unsupported_algorithm: 'not_a_code', bad_signature: 'not_a_code',
  offline_limit: 'offline_shut',
};

const place = $('#moment');

/** Shows a moment until the next one, the next code, or a tap. @param {any} moment a GateMoment of the hub */
export function showMoment(moment) {
  const { root, part } = clone('moment-card');
  const reason = Same[moment.reason] ?? moment.reason;
  const zone = moment.timeZone;
  const isOpen = moment.decision === 'open';
  root.classList.add(isOpen ? 'opened' : 'refused');
  setText(part.title, titleOf(moment, reason, zone));
  setText(part.where, t('driver.moment.at', { facility: nameOf(moment.facilityName), time: short(moment.at, zone) }));
  setText(part.next, t(`driver.moment.${has(`driver.moment.${reason}`) ? reason : 'other'}`));
  part.fee.hidden = !moment.fee;
  if (moment.fee) {
    import('../shared/quotes.js').then(({ money }) => setText(part.fee, money(moment.fee.total, moment.fee.currency)), () => { });
  }
  part.dismiss.addEventListener('click', () => {
    dismissMoment();
    $('#symbol').focus();
  });
  place.replaceChildren(root);
  scrollTo({ top: 0 });
}

/** Takes the moment away. */
export const dismissMoment = () => place.replaceChildren();

/** A reason that this page does not know has the words of the gate's display. */
function titleOf(moment, reason, zone) {
  if (reason === 'entered' || reason === 'entered_after_missed_exit') {
    return t('driver.moment.began', { time: short(moment.enteredAt ?? moment.at, zone) });
  }
  if (reason === 'exited') {
    return t('driver.moment.ended', { time: short(moment.exitedAt ?? moment.at, zone) });
  }
  const key = `driver.moment.${reason}_title`;
  return has(key) ? t(key) : nameOf(moment.text);
}
