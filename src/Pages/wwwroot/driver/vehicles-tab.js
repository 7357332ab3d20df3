// The tab where vehicles are listed, added and removed. Loaded when it is looked at first.

import { $, clone, setList, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { isLost } from '../shared/session.js';
import { t } from '../shared/words.js';
import { choose, chosenPlate, fillPlate, loadVehicles, saveVehicles, vehicleList } from './vehicles.js';

const DraftKey = 'parking.plate-draft', Most = 8, NewEnergyLength = 8;

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
  [form, input] = [$('#vehicle-form'), $('#plate')];
  input.value = sessionStorage.getItem(DraftKey) ?? '';
  input.addEventListener('input', noteDraft);
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
  form.addEventListener('click', event => {
    const province = event.target.closest('[data-province]')?.dataset.province;
    if (province) {
      input.value = province + input.value.trim().replace(/^\p{Script=Han}/u, '');
      noteDraft();
      input.focus();
    }
  });
  $('#more').addEventListener('click', () => {
    const more = $('#more-provinces');
    more.hidden = !more.hidden;
    $('#more').setAttribute('aria-expanded', String(!more.hidden));
  });
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
  setList(list, vehicles, vehicle => vehicle.plate, makeRow, ({ root, part }, vehicle) => {
    fillPlate(part.plate, vehicle.plate);
    setText(part.class, t(`vehicles.class.${vehicle.class}`));
    const isChosen = vehicle.plate === chosenPlate();
    root.classList.toggle('chosen', isChosen);
    setText(part.use, t(isChosen ? 'vehicles.chosen' : 'vehicles.use'));
    part.use.setAttribute('aria-pressed', String(isChosen));
  });
  if (vehicles.length === 0) {
    const text = document.createElement('p');
    text.className = 'empty';
    text.textContent = t('vehicles.none');
    list.replaceChildren(text);
  }
}

function makeRow(vehicle) {
  const piece = clone('vehicle');
  piece.part.use.addEventListener('click', () => choose(vehicle.plate));
  piece.part.remove.setAttribute('aria-label', t('vehicles.remove', { plate: vehicle.plate }));
  piece.part.remove.addEventListener('click', () => remove(vehicle));
  return piece;
}

/** As the service does it: without spaces and dots, letters as capitals. @param {string} text */
const plain = text => text.replace(/[\s.·•・]/gu, '').toUpperCase();

function noteDraft() {
  sessionStorage.setItem(DraftKey, input.value);
  fail('');
  setText($('#plate-hint'), t('vehicles.form.hint'));
  if (plain(input.value).length === NewEnergyLength && form.elements.class.value === 'car') {
    form.elements.class.value = 'electric';
  }
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
  } else if (list.some(other => other.plate === plate)) {
    fail(t('vehicles.form.known'));
  } else if (list.length >= Most) {
    fail(t('vehicles.form.full'));
  } else if (await save(others => including(others, vehicle), fail)) {
    form.reset();
    input.value = '';
    noteDraft();
    choose(plate);
  }
}

const without = (list, vehicle) => list.filter(other => other.plate !== vehicle.plate);

const including = (list, vehicle) => [...without(list, vehicle), vehicle];

/** @param {{ plate: string, class: string }} vehicle */
async function remove(vehicle) {
  const place = $('#undo');
  if (!await save(list => without(list, vehicle), text => setText(place, text))) {
    return;
  }
  const { root, part } = clone('removed');
  setText(part.text, t('vehicles.removed', { plate: vehicle.plate }));
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
