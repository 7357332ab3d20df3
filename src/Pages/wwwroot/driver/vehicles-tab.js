// The tab where vehicles are listed, added, changed and removed. Loaded when it is looked at first.

import { $, clone, setList, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { isLost } from '../shared/session.js';
import { t } from '../shared/words.js';
import { ask } from './asking.js';
import { paintEmpty } from './empty-list.js';
import { learnCity } from './facilities.js';
import { startKeyboard } from './plate-keyboard.js';
import { plain } from './plates.js';
import { paintShared, paintShares, paintUse, startAccepting, wireSharing } from './sharing.js';
import { choose, fillPlate, loadVehicles, saveVehicles, usablePlates, vehicleList } from './vehicles.js';

/** Under these names the tab keeps what was typed, and the kind if it was chosen by hand. */
const DraftKey = 'parking.plate-draft', KindKey = 'parking.kind-draft';

const Most = 8, NewEnergyLength = 8;

/** @type {Promise<void> | null} */
let opening = null;
/** @type {any} */
let form = null;
/** @type {any} */
let input = null;

/** Makes the tab ready. @throws {Error} Its part of the page could not be fetched; it can be asked for again. */
export function openTab() {
  opening ??= open().catch(error => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open() {
  await loadPart('/driver/parts/vehicles', $('#vehicles-place'));
  learnCity().then(paintList, () => { });
  [form, input] = [$('#vehicle-form'), $('#plate')];
  input.value = sessionStorage.getItem(DraftKey) ?? '';
  suitKind();
  input.addEventListener('input', noteDraft);
  form.addEventListener('change', event => event.target.name === 'class' && sessionStorage.setItem(KindKey, event.target.value));
  input.addEventListener('blur', hint);
  input.addEventListener('keydown', event => {
    // Enter that ends a composition chooses a character: it must not send the form.
    if (event.key === 'Enter' && event.isComposing) {
      event.preventDefault();
    }
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    add();
  });
  startKeyboard(input);
  startAccepting();
  $('#add').disabled = false;
}

/** Shows the list as it is known now. */
export function paintList() {
  const list = $('#vehicles');
  const vehicles = vehicleList();
  if (!vehicles) {
    const { root, part } = clone('failure');
    part.retry.addEventListener('click', loadVehicles);
    list.replaceChildren(root);
    return;
  }
  setList(list, vehicles, vehicle => vehicle.plate, makeRow, (piece, vehicle) => {
    const { root, part } = piece, shares = vehicle.shares?.filter(share => share.since).length ?? 0;
    piece.item = vehicle;
    fillPlate(part.plate, vehicle.plate);
    setText(part.class, t(`vehicles.class.${vehicle.class}`));
    setText(part.summary, shares ? t('vehicles.moreShared', { count: shares }) : t('vehicles.more'));
    part.kind.value = vehicle.class;
    paintUse(root, part.use, vehicle.plate);
    paintShares(piece);
  });
  if (vehicles.length === 0) {
    paintEmpty(list, t('vehicles.none'));
  }
  paintShared();
  $('#default-note').hidden = usablePlates().length < 2;
}

function makeRow(vehicle) {
  /** @type {any} */
  const piece = clone('vehicle');
  const { kind, kindError, remove: cross, use } = piece.part;
  use.addEventListener('click', () => choose(vehicle.plate));
  cross.setAttribute('aria-label', t('vehicles.remove', { plate: vehicle.plate }));
  cross.addEventListener('click', () => remove(piece.item));
  kind.addEventListener('change', async () => {
    const next = kind.value;
    const changed = await save(
      list => list.map(other => (other.plate === vehicle.plate ? { ...other, class: next } : other)), text => setText(kindError, text));
    kind.value = changed ? next : piece.item.class;
  });
  wireSharing(piece);
  return piece;
}

function noteDraft() {
  sessionStorage.setItem(DraftKey, input.value);
  fail('');
  setText($('#plate-hint'), t('vehicles.form.hint'));
  suitKind();
}

/** The kind is that of the plate's length, unless another one was chosen by hand. */
function suitKind() {
  form.elements.class.value = sessionStorage.getItem(KindKey)
    ?? (plain(input.value).length === NewEnergyLength ? 'electric' : 'car');
}

function hint() {
  const count = plain(input.value).length;
  const isUsual = count === 0 || count === NewEnergyLength - 1 || count === NewEnergyLength;
  setText($('#plate-hint'), isUsual ? t('vehicles.form.hint') : t('vehicles.form.short', { count }));
}

/** @param {string} text what is wrong; empty if nothing is */
function fail(text) {
  setText($('#plate-error'), text);
  if (text) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  } else {
    input.removeAttribute('aria-invalid');
  }
}

async function add() {
  const plate = plain(input.value);
  const vehicle = { plate, class: form.elements.class.value };
  const list = vehicleList() ?? [];
  if (!plate) {
    fail(t('vehicles.form.empty'));
  } else if (usablePlates()?.includes(plate)) {
    fail(t(list.some(own => own.plate === plate) ? 'vehicles.form.known' : 'vehicles.form.shared'));
  } else if (list.length >= Most) {
    fail(t('vehicles.form.full'));
  } else if (await save(others => including(others, vehicle), fail)) {
    sessionStorage.removeItem(KindKey);
    input.value = '';
    input.dispatchEvent(new Event('input'));
    choose(plate);
  }
}

const without = (list, vehicle) => list.filter(other => other.plate !== vehicle.plate);

const including = (list, vehicle) => [...without(list, vehicle), vehicle];

/** @param {import('./vehicles.js').Vehicle} vehicle */
async function remove(vehicle) {
  const place = $('#undo');
  const isRemoved = vehicle.shares?.length ? await ask({
    title: t('vehicles.remove', { plate: vehicle.plate }),
    text: t('vehicles.removeText'),
    yes: t('vehicles.removeYes'),
    act: () => saveVehicles(list => without(list, vehicle)),
    wordsOf,
  }) : await save(list => without(list, vehicle), text => setText(place, text));
  if (!isRemoved) {
    return;
  }
  const { root, part } = clone('removed');
  setText(part.text, t(vehicle.shares ? 'vehicles.removedShared' : 'vehicles.removed', { plate: vehicle.plate }));
  part.undo.addEventListener('click', async () => {
    if (await save(list => including(list, vehicle), text => setText(part.text, text))) {
      root.remove();
      input.focus();
    }
  });
  place.replaceChildren(root);
  part.undo.focus();
}

/**
 * @param {Parameters<typeof saveVehicles>[0]} change
 * @param {(text: string) => void} tell what to do with the words for what went wrong; empty if nothing has
 * @returns {Promise<boolean>} whether it was saved
 */
async function save(change, tell) {
  const button = $('#add');
  button.disabled = true;
  try {
    await saveVehicles(change);
    tell('');
    return true;
  } catch (error) {
    tell(wordsOf(error));
    return false;
  } finally {
    button.disabled = false;
  }
}

function wordsOf(error) {
  if (isLost(error)) {
    return t('vehicles.form.lost');
  }
  const problem = error.problem ?? {};
  if (problem.type?.endsWith(':too-many-plates')) {
    return t('vehicles.form.tooMany');
  }
  const isPlate = Object.keys(problem.errors ?? {}).some(member => member.endsWith('.plate'));
  return isPlate ? t('vehicles.form.invalid') : t('vehicles.form.refused', { status: error.status });
}
