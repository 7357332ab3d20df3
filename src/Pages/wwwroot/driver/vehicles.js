// The driver's vehicles, those that others share with the driver, and which of all these the code names.

import { $, clone, setText } from '../shared/dom.js';
import { call } from '../shared/session.js';
import { t } from '../shared/words.js';
import { isLinked } from './linked.js';

const ChosenKey = 'parking.vehicle', ListKey = 'parking.vehicles';

/**
 * @typedef {{ share: string, since?: string, expiresAt?: string }} Share since: somebody shares the vehicle; expiresAt: an invitation
 * @typedef {{ plate: string, class: string, shares?: Share[] }} Vehicle
 * @typedef {{ plate: string, class: string, share: string, since: string }} SharedVehicle of somebody else
 */

/** @type {Vehicle[] | null} */
let vehicles = null;
/** @type {SharedVehicle[]} */
let shared = [];
/** @type {string | null} */
let chosen = localStorage.getItem(ChosenKey);
/** @type {(plate: string | null) => void} */
let whenChosen = () => { };
/** @type {(() => void) | null} */
let paintList = null;
/** @type {Promise<unknown>} */
let saving = Promise.resolve();
let changes = 0;

/** The driver's own list; null until it is known. */
export const vehicleList = () => vehicles;

/** What others share with the driver; nothing until the driver's own list is known. */
export const sharedList = () => shared;

/** Every vehicle that codes can name, the driver's own first. */
const usable = () => [...vehicles ?? [], ...shared];

/** The plates that codes can name, the driver's own first; null until they are known. */
export const usablePlates = () => vehicles && [...new Set(usable().map(vehicle => vehicle.plate))];

/** The plate of the vehicle that codes name; null for none. */
export const chosenPlate = () => chosen;

/** @param {(plate: string | null) => void} onChosen what to do with the plate of the vehicle that codes are to name */
export function startVehicles(onChosen) {
  whenChosen = onChosen;
  $('#change').addEventListener('click', () => showChoices($('#choices').hidden));
}

/** Reads the lists. Until they are known, no code is made. What a change has overtaken does not count. */
export async function loadVehicles() {
  const before = changes;
  try {
    const others = call('GET', '/v1/me/shared-vehicles').catch(() => null);
    const own = (await call('GET', '/v1/me/vehicles')).body.vehicles;
    // Those of others that are not known now are as they were.
    const theirs = (await others)?.body.vehicles ?? shared;
    if (before === changes) {
      [vehicles, shared] = [own, theirs];
      paint();
    }
  } catch {
    paintList?.();
  }
}

/** The list as it was last known, on a phone that is linked: codes can be made before the service has answered. */
export function recallVehicles() {
  const kept = isLinked() && localStorage.getItem(ListKey);
  if (!vehicles && kept) {
    const all = JSON.parse(kept);
    [vehicles, shared] = [all.filter(vehicle => !vehicle.share), all.filter(vehicle => vehicle.share)];
    paint();
  }
}

/** Shows the list, now and whenever it changes. */
export async function showVehicles() {
  try {
    const tab = await import('./vehicles-tab.js');
    await tab.openTab();
    paintList = tab.paintList;
    paintList();
    // Others may have accepted an invitation meanwhile, or ended a share.
    loadVehicles();
  } catch {
    const { root, part } = clone('failure');
    part.retry.addEventListener('click', showVehicles);
    $('#vehicles-place').replaceChildren(root);
  }
}

/** Forgets what this browser has kept of the driver. */
export function forgetVehicles() {
  localStorage.removeItem(ChosenKey);
  localStorage.removeItem(ListKey);
  sessionStorage.clear();
}

/** `沪A·D12345`, on the colour that such a plate has. @param {any} node @param {string | null | undefined} plate */
export function fillPlate(node, plate) {
  node.hidden = !plate;
  setText(node, (plate ?? '').replace(/^(\p{Script=Han}[A-Z])(?=.)/u, '$1·'));
  node.dataset.class = usable().find(vehicle => vehicle.plate === plate)?.class ?? 'car';
}

/** Codes name this vehicle from now on. @param {string | null} plate */
export function choose(plate) {
  chosen = plate;
  if (plate) {
    localStorage.setItem(ChosenKey, plate);
  }
  if (!$('#choices').hidden) {
    showChoices(false);
    $('#change').focus();
  }
  paint();
}

/** A phone that makes codes by itself keeps the list; no other does. */
export function keepVehicles() {
  if (vehicles && isLinked()) {
    localStorage.setItem(ListKey, JSON.stringify(usable()));
  } else {
    localStorage.removeItem(ListKey);
  }
}

function paint() {
  keepVehicles();
  const plates = usablePlates();
  if (!chosen || !plates.includes(chosen)) {
    chosen = plates[0] ?? null;
  }
  fillPlate($('#code-plate'), chosen);
  $('#code-no-plate').hidden = chosen !== null;
  $('#change').hidden = false;
  setText($('#change'), t(plates.length > 0 ? 'driver.change' : 'driver.addVehicle'));
  paintList?.();
  whenChosen(chosen);
}

/** The vehicles above the code; without any, the form where they are added. @param {boolean} isShown */
function showChoices(isShown) {
  if (isShown && usable().length === 0) {
    location.hash = '#vehicles';
    showVehicles().then(() => $('#plate')?.focus());
    return;
  }
  const choices = $('#choices');
  choices.hidden = !isShown;
  $('#change').setAttribute('aria-expanded', String(isShown));
  if (isShown) {
    choices.replaceChildren(...usable().map(vehicle => {
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
 * Changes the list as it is at the service when its turn comes: another phone may have changed it too.
 * @param {(list: Vehicle[]) => Vehicle[]} change
 * @throws {Error} It was not saved.
 */
export function saveVehicles(change) {
  const turn = saving.then(async () => {
    changes++;
    const { body } = await call('GET', '/v1/me/vehicles');
    takeVehicles((await call('PUT', '/v1/me/vehicles', { vehicles: change(body.vehicles) })).body.vehicles);
  });
  saving = turn.catch(() => { });
  return turn;
}

/**
 * The lists as the service has just answered them; what was asked for before does not count any more.
 * @param {Vehicle[]} own @param {SharedVehicle[]} [others]
 */
export function takeVehicles(own, others = shared) {
  changes++;
  [vehicles, shared] = [own, others];
  paint();
}
