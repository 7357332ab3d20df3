// The driver's vehicles: which one the code names, adding and removing.

import { $, clone, setList, setText } from '../shared/dom.js';
import { t } from '../shared/words.js';
import { call } from './service.js';

const ChosenKey = 'parking.vehicle';

/** @type {{ plate: string, class: string }[] | null} */
let vehicles = null;
/** @type {string | null} */
let chosen = localStorage.getItem(ChosenKey);
/** @type {(plate: string | null) => void} */
let whenChosen = () => { };

/** The driver's list; null until it is known. */
export const vehicleList = () => vehicles;

/** @param {(plate: string | null) => void} onChosen what to do with the plate of the vehicle that codes are to name */
export function startVehicles(onChosen) {
  whenChosen = onChosen;
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
  sessionStorage.clear();
}

/** `沪A·D12345`, on the colour that such a plate has. @param {any} node @param {string | null | undefined} plate */
export function fillPlate(node, plate) {
  node.hidden = !plate;
  setText(node, (plate ?? '').replace(/^(\p{Script=Han}[A-Z])(?=.)/u, '$1·'));
  node.dataset.class = vehicles?.find(vehicle => vehicle.plate === plate)?.class ?? 'car';
}

/** Codes name this vehicle from now on. @param {string | null} plate */
export function choose(plate) {
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
  piece.part.remove.addEventListener('click', async () => {
    const { removeVehicle } = await import('./vehicle-form.js');
    await removeVehicle(vehicle);
  });
  return piece;
}

/** The vehicles above the code; without any, the form where they are added. @param {boolean} isShown */
function showChoices(isShown) {
  if (isShown && !vehicles?.length) {
    location.hash = '#vehicles';
    $('#plate').focus();
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

/**
 * Replaces the list.
 * @param {{ plate: string, class: string }[]} list
 * @throws {Error} It was not saved.
 */
export async function putVehicles(list) {
  vehicles = (await call('PUT', '/v1/me/vehicles', { vehicles: list })).body.vehicles;
  paint();
}
