// Only in the demo: the code is held in front of a gate's camera of the simulator.

import { $, clone, setText } from '../shared/dom.js';
import { nameOf, t } from '../shared/words.js';
import { codeText } from './code.js';

/** @type {{ gate: string, facility: string, facilityName: { zh: string, en: string }, direction: string }[]} */
let gates = [];
/** The facility of the open stay; null if there is none. @type {string | null | undefined} */
let inside;
let csrfToken = '';

const choice = $('#gate'), button = $('#show'), shown = $('#shown');

/**
 * Asks whether this is the demo. These calls are not `call` of session.js: that they are refused does not mean that nobody is signed in.
 * @param {string} token the session's antiforgery token
 */
export async function startGates(token) {
  csrfToken = token;
  const answer = await fetch('/demo/gates', { headers: { Accept: 'application/json' } }).catch(() => null);
  if (answer?.status !== 200) {
    return;
  }
  gates = (await answer.json()).gates;
  $('#gates').hidden = gates.length === 0;
  list();
  button.addEventListener('click', show);
}

/** Puts in front where this driver would go next. @param {{ facility: string }[]} open the open stays */
export function setOpenStays(open) {
  const now = open[0]?.facility ?? null;
  if (now !== inside) {
    inside = now;
    list();
  }
}

function list() {
  const exits = gates.filter(gate => gate.direction === 'exit').sort((a, b) => Number(b.facility === inside) - Number(a.facility === inside));
  const groups = [groupOf('entries', gates.filter(gate => gate.direction === 'entry')), groupOf('exits', exits)];
  choice.replaceChildren(...(inside ? groups.reverse() : groups));
  choice.selectedIndex = 0;
}

function groupOf(name, members) {
  const group = document.createElement('optgroup');
  group.label = t(`driver.gates.${name}`);
  group.append(...members.map(gate => new Option(`${nameOf(gate.facilityName)} · ${gate.gate.slice(gate.facility.length + 1)}`, gate.gate)));
  return group;
}

async function show() {
  const code = codeText();
  if (!code) {
    setText(shown, t('driver.noCodeYet'));
    return;
  }
  button.disabled = true;
  setText(shown, t('driver.gates.showing'));
  try {
    const answer = await fetch(`/demo/gates/${encodeURIComponent(choice.value)}/show`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Csrf-Token': csrfToken }, body: JSON.stringify({ code }),
    });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    paint(await answer.json());
  } catch {
    setText(shown, t('driver.gates.failed'));
  } finally {
    button.disabled = false;
  }
}

function paint(result) {
  const { root, part } = clone('shown-frame');
  const words = result.read
    ? [t('driver.gates.read', { frames: result.frames }), t(`driver.gates.${result.decision}`)]
    : [t('driver.gates.unread')];
  setText(part.words, words.join(' · '));
  part.picture.hidden = !result.picture;
  if (result.picture) {
    part.picture.src = `/demo/pictures/${encodeURIComponent(result.picture)}`;
  }
  shown.replaceChildren(root);
}
