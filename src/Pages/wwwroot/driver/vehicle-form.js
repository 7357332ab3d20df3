// Adding and removing vehicles. Loaded when the vehicles are looked at first.

import { $, clone, setText } from '../shared/dom.js';
import { t } from '../shared/words.js';
import { isLost } from './service.js';
import { choose, putVehicles, vehicleList } from './vehicles.js';

const DraftKey = 'parking.plate-draft', Most = 8, NewEnergyLength = 8;

const form = $('#vehicle-form'), input = $('#plate');

// What was typed before this part of the program came is newer than the draft.
input.value ||= sessionStorage.getItem(DraftKey) ?? '';
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
  const list = vehicleList() ?? [];
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
    choose(plate);
  }
}

/** @param {{ plate: string, class: string }} vehicle */
export async function removeVehicle(vehicle) {
  if (!await save(vehicleList().filter(other => other.plate !== vehicle.plate))) {
    return;
  }
  const { root, part } = clone('removed');
  setText(part.text, t('driver.removed', { plate: vehicle.plate }));
  part.undo.addEventListener('click', async () => {
    if (await save([...vehicleList(), vehicle])) {
      root.remove();
    }
  });
  $('#undo').replaceChildren(root);
}

/** @returns {Promise<boolean>} false if it was not saved; the field then says why */
async function save(list) {
  if (!vehicleList()) {
    fail(t('driver.form.lost'));
    return false;
  }
  const buttons = form.querySelectorAll('[type=submit]');
  buttons.forEach(button => { button.disabled = true; });
  try {
    await putVehicles(list);
    fail('');
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
