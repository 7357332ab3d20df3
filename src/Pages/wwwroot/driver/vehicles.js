// The driver's vehicles: which one the code names, adding and removing.

import { $, clone, setList, setText } from '../shared/dom.js';
import { t } from '../shared/words.js';
import { call, isLost } from './service.js';

const ChosenKey = 'parking.vehicle', DraftKey = 'parking.plate-draft', Most = 8, NewEnergyLength = 8;

/** @type {{ plate: string, class: string }[] | null} */
let vehicles = null;
/** @type {string | null} */
let chosen = localStorage.getItem(ChosenKey);
/** @type {(plate: string | null) => void} */
let whenChosen = () => { };

const form = $('#vehicle-form'), input = $('#plate');

/** @param {(plate: string | null) => void} onChosen what to do with the plate of the vehicle that codes are to name */
export function startVehicles(onChosen) {
  whenChosen = onChosen;
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
  $('#change').addEventListener('click', () => showChoices($('#choices').hidden));
}

/** Reads the list. Until it is known, no code is made. */
export async function loadVehicles() {
  try {
    vehicles = (await call('GET', '/v1/me/vehicles')).body.vehicles;
    paint();
  } catch {
    if (!vehicles) {
      const { root, part } = clone('failure');
      part.retry.addEventListener('click', loadVehicles);
      $('#vehicles').replaceChildren(root);
    }
  }
}

/** Forgets what this browser has kept of the driver. */
export function forgetVehicles() {
  localStorage.removeItem(ChosenKey);
  sessionStorage.removeItem(DraftKey);
}

/** `沪A·D12345`, on the colour that such a plate has. @param {any} node @param {string | null | undefined} plate */
export function fillPlate(node, plate) {
  node.hidden = !plate;
  setText(node, (plate ?? '').replace(/^(\p{Script=Han}[A-Z])(?=.)/u, '$1·'));
  node.dataset.class = vehicles?.find(vehicle => vehicle.plate === plate)?.class ?? 'car';
}

/** @param {string | null} plate */
function choose(plate) {
  chosen = plate;
  if (plate) {
    localStorage.setItem(ChosenKey, plate);
  }
  showChoices(false);
  paint();
}

function paint() {
  const plates = vehicles.map(vehicle => vehicle.plate);
  if (!chosen || !plates.includes(chosen)) {
    chosen = plates[0] ?? null;
  }
  fillPlate($('#code-plate'), chosen);
  $('#code-no-plate').hidden = chosen !== null;
  setText($('#change'), t(plates.length > 0 ? 'driver.change' : 'driver.form.title'));
  const list = $('#vehicles');
  list.removeAttribute('aria-busy');
  setList(list, vehicles, vehicle => vehicle.plate, makeRow, ({ root, part }, vehicle) => {
    fillPlate(part.plate, vehicle.plate);
    setText(part.class, t(`driver.class.${vehicle.class}`));
    const isChosen = vehicle.plate === chosen;
    root.classList.toggle('chosen', isChosen);
    setText(part.use, t(isChosen ? 'driver.chosen' : 'driver.use'));
    part.use.setAttribute('aria-pressed', String(isChosen));
  });
  if (vehicles.length === 0) {
    const text = document.createElement('p');
    text.className = 'empty';
    text.textContent = t('driver.noVehicles');
    list.replaceChildren(text);
  }
  whenChosen(chosen);
}

function makeRow(vehicle) {
  const piece = clone('vehicle');
  piece.part.use.addEventListener('click', () => choose(vehicle.plate));
  piece.part.remove.setAttribute('aria-label', t('driver.remove', { plate: vehicle.plate }));
  piece.part.remove.addEventListener('click', () => remove(vehicle));
  return piece;
}

/** The vehicles above the code; without any, the form where they are added. @param {boolean} isShown */
function showChoices(isShown) {
  if (isShown && !vehicles?.length) {
    location.hash = '#vehicles';
    input.focus();
    return;
  }
  const choices = $('#choices');
  choices.hidden = !isShown;
  $('#change').setAttribute('aria-expanded', String(isShown));
  if (isShown) {
    choices.replaceChildren(...vehicles.map(vehicle => {
      const { root, part } = clone('choice');
      fillPlate(part.plate, vehicle.plate);
      root.setAttribute('aria-pressed', String(vehicle.plate === chosen));
      root.addEventListener('click', () => choose(vehicle.plate));
      return root;
    }));
    choices.firstElementChild.focus();
  }
}

/** As the service does it: without spaces and dots, letters as capitals. @param {string} text */
const plain = text => text.replace(/[\s.·•・]/gu, '').toUpperCase();

function noteDraft() {
  sessionStorage.setItem(DraftKey, input.value);
  fail('');
  setText($('#plate-hint'), t('driver.form.hint'));
  if (plain(input.value).length === NewEnergyLength && form.elements.class.value === 'car') {
    form.elements.class.value = 'electric';
  }
}

function hint() {
  const count = plain(input.value).length;
  const isUsual = count === 0 || count === NewEnergyLength - 1 || count === NewEnergyLength;
  setText($('#plate-hint'), isUsual ? t('driver.form.hint') : t('driver.form.short', { count }));
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
  const list = vehicles ?? [];
  if (!plate) {
    fail(t('driver.form.empty'));
  } else if (list.some(vehicle => vehicle.plate === plate)) {
    fail(t('driver.form.known'));
  } else if (list.length >= Most) {
    fail(t('driver.form.full'));
  } else if (await save([...list, { plate, class: form.elements.class.value }])) {
    form.reset();
    input.value = '';
    noteDraft();
    choose(vehicles.find(vehicle => vehicle.plate === plate)?.plate ?? chosen);
  }
}

async function remove(vehicle) {
  if (!await save(vehicles.filter(other => other.plate !== vehicle.plate))) {
    return;
  }
  const { root, part } = clone('removed');
  setText(part.text, t('driver.removed', { plate: vehicle.plate }));
  part.undo.addEventListener('click', async () => {
    if (await save([...vehicles, vehicle])) {
      root.remove();
    }
  });
  $('#undo').replaceChildren(root);
}

/** @returns {Promise<boolean>} false if it was not saved; the field then says why */
async function save(list) {
  if (!vehicles) {
    fail(t('driver.form.lost'));
    return false;
  }
  const buttons = form.querySelectorAll('[type=submit]');
  buttons.forEach(button => { button.disabled = true; });
  try {
    vehicles = (await call('PUT', '/v1/me/vehicles', { vehicles: list })).body.vehicles;
    fail('');
    paint();
    return true;
  } catch (error) {
    fail(wordsOf(error));
    return false;
  } finally {
    buttons.forEach(button => { button.disabled = false; });
  }
}

function wordsOf(error) {
  if (isLost(error)) {
    return t('driver.form.lost');
  }
  const problem = error.problem ?? {};
  if (problem.type?.endsWith(':too-many-plates')) {
    return t('driver.form.tooMany');
  }
  const isPlate = Object.keys(problem.errors ?? {}).some(member => member.endsWith('.plate'));
  return isPlate ? t('driver.form.invalid') : problem.title ?? t('driver.notLoaded');
}
