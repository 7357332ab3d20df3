// The keys below the field for a plate. They show what can come next; any other keyboard types into the field all the same.

import { $, setText } from '../shared/dom.js';
import { t } from '../shared/words.js';
import { plain } from './plates.js';

/** Keys in a row, as the style has them. */
const Columns = 7;

/** The longest plate, of a new-energy vehicle, and where those of other kinds end. */
const Most = 8, LastUsual = 6;

const Special = '学警领使挂港澳';

/** @type {any} */
let input = null;

/** @param {any} field where the plate is typed */
export function startKeyboard(field) {
  input = field;
  const place = $('#keyboard');
  // A key that takes the focus would close the field's caret, and a phone would bring its own keyboard again.
  place.addEventListener('mousedown', event => event.preventDefault());
  place.addEventListener('click', event => event.target.closest('button') && press(event.target.closest('button')));
  place.addEventListener('keydown', move);
  for (const kind of ['input', 'keyup', 'click', 'focus']) {
    input.addEventListener(kind, () => paint());
  }
  $('#own-keyboard').addEventListener('click', () => useOwn(!place.hidden));
  for (const keys of place.children) {
    keys.firstElementChild.tabIndex = 0;
  }
  useOwn(false);
  paint();
}

/** Whether the phone's own keyboard types, and not this one. @param {boolean} isOwn */
function useOwn(isOwn) {
  $('#keyboard').hidden = isOwn;
  input.inputMode = isOwn ? 'text' : 'none';
  setText($('#own-keyboard'), t(isOwn ? 'vehicles.keys.plate' : 'vehicles.keys.own'));
  $('#own-keyboard').setAttribute('aria-expanded', String(!isOwn));
  if (isOwn) {
    input.focus();
  }
}

/** What is in front of the caret. */
const before = () => plain(input.value.slice(0, input.selectionStart));

function press(key) {
  const { province, act } = key.dataset;
  if (act === 'provinces' || act === 'rest') {
    paint(act);
  } else if (key.getAttribute('aria-disabled') !== 'true') {
    if (province) {
      // It is always the first character, wherever the caret is.
      input.setRangeText(province, 0, /^\p{Script=Han}/u.test(input.value) ? 1 : 0, 'end');
      input.setSelectionRange(input.value.length, input.value.length);
    } else {
      const [from, to] = [input.selectionStart, input.selectionEnd];
      input.setRangeText(key.dataset.key ?? '', act === 'erase' && from === to ? Math.max(0, from - 1) : from, to, 'end');
    }
    input.dispatchEvent(new Event('input', { bubbles: true }));
    setText($('#typed'), [...input.value].join(' '));
  }
}

/** Shows the keys of what comes next. @param {string} [asked] the keys that the person has asked for */
function paint(asked) {
  const front = before(), pane = asked ?? (front === '' ? 'provinces' : 'rest');
  const hasFocus = $('#keyboard').contains(document.activeElement);
  for (const keys of $('#keyboard').children) {
    keys.hidden = keys.dataset.pane !== pane;
  }
  const isFull = plain(input.value).length >= Most && input.selectionStart === input.selectionEnd;
  for (const key of $('#keyboard').querySelectorAll('[data-key]')) {
    key.setAttribute('aria-disabled', String(isFull || !fits(key.dataset.key, front)));
  }
  if (hasFocus && document.activeElement.getClientRects().length === 0) {
    $('#keyboard [data-pane]:not([hidden]) [tabindex="0"]').focus();
  }
}

/** Whether plates have a character in this place. @param {string} key @param {string} front what comes before it */
function fits(key, front) {
  if (Special.includes(key)) {
    return front.length === LastUsual && ('港澳'.includes(key) ? front.startsWith('粤Z') : true);
  }
  // The second character says where in the province; embassies have numbers.
  return front.length !== 1 || !/^\d$/.test(key) || !/^(?!使)\p{Script=Han}/u.test(front);
}

/** Arrows go from key to key; Tab passes all of them at once. */
function move(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: Columns, ArrowUp: -Columns };
  const keys = [...event.target.closest('.keys').children], at = keys.indexOf(event.target);
  const to = { Home: 0, End: keys.length - 1 }[event.key] ?? at + steps[event.key];
  if (keys[to]) {
    event.preventDefault();
    keys[at].tabIndex = -1;
    keys[to].tabIndex = 0;
    keys[to].focus();
  }
}
