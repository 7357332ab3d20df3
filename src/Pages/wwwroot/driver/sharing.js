// Shared vehicles: whom the driver has let use one, and what others share with the driver.

import { $, clone, setList, setText } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { date, short } from '../shared/times.js';
import { t } from '../shared/words.js';
import { ask } from './asking.js';
import { cityZone } from './facilities.js';
import { problemIn } from './problems.js';
import { choose, chosenPlate, fillPlate, loadVehicles, sharedList, takeVehicles, vehicleList } from './vehicles.js';

const DraftKey = 'parking.invitation-draft';

const wordsOf = error => problemIn('vehicles.problem', error);

/** @typedef {{ root: any, part: Record<string, any>, item: import('./vehicles.js').Vehicle, isListed?: boolean }} Piece a vehicle of the
 *   driver's own; isListed: whether its list has the invitation that is shown */

/** Makes inviting work in a row of the driver's own vehicles. @param {Piece} piece */
export function wireSharing(piece) {
  const { invite, shareError } = piece.part;
  invite.addEventListener('click', async () => {
    invite.disabled = true;
    setText(shareError, '');
    try {
      // The one before, if it was not closed, can be withdrawn in the list.
      showInvitation(piece, (await call('POST', '/v1/me/vehicles/invitations', { plate: piece.item.plate })).body);
    } catch (error) {
      setText(shareError, wordsOf(error));
    } finally {
      invite.disabled = false;
      // Also where no answer came: there may be an invitation that nobody knows.
      loadVehicles();
    }
  });
}

/** Shows with whom a vehicle is shared. An invitation that is no more is not shown either. @param {Piece} piece */
export function paintShares(piece) {
  const shown = piece.part.invitation.firstElementChild?.dataset.share;
  if (shown && piece.isListed && !piece.item.shares?.some(share => share.share === shown && !share.since)) {
    piece.part.invitation.replaceChildren();
  }
  piece.isListed = piece.item.shares?.some(share => share.share === shown) ?? false;
  setList(piece.part.shares, piece.item.shares ?? [], share => share.share, () => {
    const row = clone('share');
    row.part.end.addEventListener('click', () => endShare(piece, row));
    return row;
  }, (row, share) => {
    row.share = share;
    setText(row.part.text, share.since
      ? t('vehicles.sharing.since', { day: date(share.since, cityZone()) })
      : t('vehicles.sharing.until', { time: short(share.expiresAt, cityZone()) }));
    setText(row.part.end, t(share.since ? 'vehicles.sharing.end' : 'vehicles.sharing.withdraw'));
  });
}

async function endShare(piece, row) {
  const withdraw = async () => takeVehicles((await call('DELETE', `/v1/me/vehicles/shares/${row.share.share}`)).body.vehicles);
  const { shareError, invite } = piece.part;
  setText(shareError, '');
  if (row.share.since) {
    await ask({
      title: t('vehicles.sharing.endTitle'),
      text: t('vehicles.sharing.endText', { plate: piece.item.plate }),
      yes: t('vehicles.sharing.end'),
      act: withdraw,
      wordsOf,
    });
  } else {
    row.part.end.disabled = true;
    await withdraw().catch(error => setText(shareError, wordsOf(error)));
    row.part.end.disabled = false;
  }
  if (!row.root.isConnected) {
    invite.focus();
  }
}

/** It is shown this once: the service keeps only its hash. */
function showInvitation(piece, { invitation, share, expiresAt }) {
  const { root, part } = clone('made-invitation');
  root.dataset.share = share;
  piece.isListed = false;
  const until = short(expiresAt, cityZone());
  const message = t('vehicles.sharing.message', { plate: piece.item.plate, invitation, until, page: location.origin + location.pathname });
  setText(part.about, t('vehicles.sharing.made', { until }));
  setText(part.code, invitation.match(/.{4}/g).join(' '));
  part.copy.addEventListener('click', async () => {
    const copied = await navigator.clipboard?.writeText(message).then(() => true, () => false);
    setText(part.said, t(copied ? 'vehicles.sharing.copied' : 'vehicles.sharing.notCopied'));
  });
  part.share.hidden = !navigator.share;
  // Whoever closes the list of programs has not failed.
  part.share.addEventListener('click', () => navigator.share({ text: message }).catch(() => { }));
  part.done.addEventListener('click', () => {
    root.remove();
    piece.part.invite.focus();
  });
  piece.part.invitation.replaceChildren(root);
  part.copy.focus();
}

/** Makes the form work that accepts an invitation. */
export function startAccepting() {
  const form = $('#accept-form'), input = $('#invitation');
  input.value = sessionStorage.getItem(DraftKey) ?? '';
  input.addEventListener('input', () => {
    sessionStorage.setItem(DraftKey, input.value);
    fail('');
  });
  // Enter that ends a composition chooses a character: it must not send the form.
  input.addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
  form.addEventListener('submit', event => {
    event.preventDefault();
    accept(input);
  });
}

/** @param {string} text what is wrong with the invitation; empty if nothing is */
function fail(text) {
  setText($('#invitation-error'), text);
  setText($('#accepted'), '');
  if (text) {
    $('#invitation').setAttribute('aria-invalid', 'true');
    $('#invitation').focus();
  } else {
    $('#invitation').removeAttribute('aria-invalid');
  }
}

/** The 32 digits, alone or in what somebody has sent with them. @param {string} text */
const invitationIn = text =>
  (/(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/i.exec(text)?.[0] ?? text.replace(/[\s-]/g, '')).toLowerCase();

async function accept(input) {
  const invitation = invitationIn(input.value);
  if (!/^[0-9a-f]{32}$/.test(invitation)) {
    fail(t(invitation ? 'vehicles.accept.invalid' : 'vehicles.accept.empty'));
    return;
  }
  $('#accept').disabled = true;
  try {
    const { plate } = (await call('POST', '/v1/me/shared-vehicles', { invitation })).body;
    input.value = '';
    sessionStorage.removeItem(DraftKey);
    fail('');
    setText($('#accepted'), t('vehicles.accept.accepted', { plate }));
    await loadVehicles();
  } catch (error) {
    fail(wordsOf(error));
  } finally {
    $('#accept').disabled = false;
  }
}

/** Shows what others share with the driver. */
export function paintShared() {
  const cars = sharedList();
  $('#shared-place').hidden = cars.length === 0;
  setList($('#shared'), cars, car => car.share, car => {
    const piece = clone('shared-vehicle');
    piece.part.use.addEventListener('click', () => choose(car.plate));
    piece.part.leave.addEventListener('click', () => leave(car));
    return piece;
  }, ({ root, part }, car) => {
    fillPlate(part.plate, car.plate);
    setText(part.class, t(`vehicles.class.${car.class}`));
    setText(part.since, t('vehicles.shared.since', { day: date(car.since, cityZone()) }));
    paintUse(root, part.use, car.plate);
    part.leave.setAttribute('aria-label', t('vehicles.shared.leaveOne', { plate: car.plate }));
  });
}

/** Says whether this is the default, and makes it that. @param {any} root @param {any} button @param {string} plate */
export function paintUse(root, button, plate) {
  const isChosen = plate === chosenPlate(), words = t(isChosen ? 'vehicles.chosen' : 'vehicles.use');
  root.classList.toggle('chosen', isChosen);
  setText(button, words);
  button.setAttribute('aria-label', `${words} ${plate}`);
  button.setAttribute('aria-pressed', String(isChosen));
}

async function leave(car) {
  const isDone = await ask({
    title: t('vehicles.shared.leaveOne', { plate: car.plate }),
    text: t('vehicles.shared.leaveText'),
    yes: t('vehicles.shared.leave'),
    act: async () => {
      const { body } = await call('DELETE', `/v1/me/shared-vehicles/${car.share}`);
      takeVehicles(vehicleList(), body.vehicles);
    },
    wordsOf,
  });
  if (isDone) {
    // Not the field below it: a phone would bring its keyboard.
    $('#accept-title').focus();
  }
}
