// Only in the demo: the code is held in front of a gate's camera of the simulator.

import { $, clone, setText } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { nameOf, t } from '../shared/words.js';
import { codeText } from './code.js';

/** @type {{ gate: string, facility: string, facilityName: { zh: string, en: string }, direction: string }[]} */
let gates = [];
/** The facility of the open stay; null if there is none. @type {string | null | undefined} */
let inside;
let csrfToken = '';

/** @type {any} */
let choice = null, button = null, shown = null;

/**
 * Fetches the card and shows it.
 * @param {typeof gates} known where one can be
 * @param {string} token the session's antiforgery token
 */
export async function startGates(known, token) {
  await loadPart('/driver/parts/gates', $('#gates'));
  [gates, csrfToken] = [known, token];
  [choice, button, shown] = [$('#gate'), $('#show'), $('#shown')];
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
  const isHere = gate => Number(gate.facility === inside);
  const exits = gates.filter(gate => gate.direction === 'exit').sort((a, b) => isHere(b) - isHere(a));
  const groups = [groupOf('entries', gates.filter(gate => gate.direction === 'entry')), groupOf('exits', exits)];
  choice.replaceChildren(...(inside ? groups.reverse() : groups));
  choice.selectedIndex = 0;
}

function groupOf(name, members) {
  const group = document.createElement('optgroup');
  group.label = t(`gates.${name}`);
  group.append(...members.map(gate => {
    // A gate is called hsp-out-1, after its facility: the list says `out-1 · People's Square`.
    const lane = gate.gate.startsWith(`${gate.facility}-`) ? gate.gate.slice(gate.facility.length + 1) : gate.gate;
    return new Option(`${lane} · ${nameOf(gate.facilityName)}`, gate.gate);
  }));
  return group;
}

async function show() {
  const code = codeText();
  if (!code) {
    setText(shown, t('driver.noCodeYet'));
    return;
  }
  button.disabled = true;
  setText(shown, t('gates.showing'));
  try {
    const answer = await fetch(`/demo/gates/${encodeURIComponent(choice.value)}/show`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Csrf-Token': csrfToken }, body: JSON.stringify({ code }),
    });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    paint(await answer.json());
  } catch (error) {
    setText(shown, t(error instanceof TypeError ? 'driver.lostAtOnce' : 'gates.failed'));
  } finally {
    button.disabled = false;
  }
}

function paint(result) {
  const { root, part } = clone('shown-frame');
  const words = result.read
    ? [t('gates.read', { frames: result.frames }), t(`gates.${result.decision}`), nameOf(result.display)]
    : [t('gates.unread')];
  setText(part.words, words.join(' · '));
  part.picture.hidden = !result.picture;
  if (result.picture) {
    part.picture.src = `/demo/pictures/${encodeURIComponent(result.picture)}`;
  }
  shown.replaceChildren(root);
}
