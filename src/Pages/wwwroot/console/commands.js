// Commands to a gate's barrier: a dialog that names the lane and asks for a reason, and then shows what became of the command. A command is
// never repeated by itself.

import { now } from '../shared/clock.js';
import { $, clone, setList, setText } from '../shared/dom.js';
import { drawId } from '../shared/ids.js';
import { call, isLost, ProblemError } from '../shared/session.js';
import { second } from '../shared/times.js';
import { has, nameOf, t, wordFor } from '../shared/words.js';
import { mayDo } from './city.js';
import { figures } from './model.js';
import { wordsOf } from './panel.js';

const dialog = $('#command-dialog'), form = $('#command-form'), reason = $('#command-reason'), confirm = $('#command-confirm');
const steps = $('#command-steps'), problem = $('#command-problem'), lasting = $('#command-lasting'), close = $('#command-close');

/** How long nothing may be heard of a command before that is said, in milliseconds. */
const Patience = 5_000;

/** So long after it was sent no command is taken any more, whatever held it up, in milliseconds. */
const TooOld = 7_000;

/** Commands whose end is not known yet. */
const Unfinished = ['queued', 'granted'];

/**
 * The command that the dialog is about. `stay`: the id of the stay that ends with it. `answer`: how far it is, as last heard by the call
 * itself.
 * @type {{ facility: import('./city.js').Facility, gate: import('./model.js').Gate, command: string, stay?: string, id: string,
 *   sentAt: number, answer: any, isLost: boolean } | null}
 */
let asked = null;
let isLive = false;

/** What a barrier can be told now, the most usual first. @param {import('./model.js').Gate} gate @returns {string[]} */
export const commandsFor = gate => [
  'open_once',
  gate.barrier === 'held_open' ? 'release' : 'hold_open',
  ...(gate.direction === 'entry' ? [gate.barrier === 'locked' ? 'unlock' : 'lock'] : []),
];

/** Why a gate cannot be told anything now; an empty text if it can. @param {import('./model.js').Gate} gate */
export const obstacleTo = gate => (gate.state === 'online' ? '' : t(`console.command.cannot.${gate.state}`));

/** Shows a lane's buttons, and how far its last command is. */
export function paintCommands({ root, part }, facility, gate) {
  const may = mayDo('operate', facility);
  part.acts.hidden = !may;
  const why = obstacleTo(gate);
  if (may) {
    setList(part.acts, commandsFor(gate), command => command, command => makeButton(command, facility, gate.gate), piece => {
      piece.root.disabled = !isLive || why !== '';
    });
  }
  setText(part.cannot, may ? why : '');
  const last = figures.lastCommandOf(gate.gate);
  setText(part.command, last ? t('console.command.lately', {
    what: wordFor('console.command.did', last.command), state: stateOf(last), time: second(last.queuedAt, facility.timeZone),
  }) : '');
  root.dataset.gate = gate.gate;
}

function makeButton(command, facility, gate) {
  const piece = clone('act-template');
  setText(piece.root, t(`console.command.${command}`));
  piece.root.dataset.command = command;
  piece.root.addEventListener('click', () => ask(facility, figures.gates.get(facility.id).get(gate), command));
  return piece;
}

/** Nothing can be done while the connection is lost; what was typed stays. @param {boolean} live */
export function allowCommands(live) {
  isLive = live;
  paintDialog();
  if (live && asked?.isLost) {
    lookUp();
  }
}

/**
 * Asks for the reason of a command. @param {import('./city.js').Facility} facility @param {import('./model.js').Gate} gate
 * @param {string} command @param {{ id: string, title: string, what: string }} [stay] the stay that ends with it, and the dialog's words
 */
export function ask(facility, gate, command, stay) {
  asked = { facility, gate, command, stay: stay?.id, id: '', sentAt: 0, answer: null, isLost: false };
  setText($('#command-title'), stay?.title ?? t(`console.command.title.${command}`));
  setText($('#command-where'), t('console.command.where', {
    facility: nameOf(facility.name), gate: gate.gate, direction: wordFor('console.direction', gate.direction),
  }));
  setText($('#command-what'), stay?.what ?? t(`console.command.what.${command}`));
  lasting.hidden = !['hold_open', 'lock'].includes(command);
  setText(confirm, t(`console.command.${command}`));
  reason.value = '';
  problem.hidden = true;
  paintDialog();
  dialog.showModal();
  reason.focus();
}

/** Gives the command, once. Whether it was given when no answer came is asked of the service afterwards, not guessed. */
async function give() {
  const { gate, command } = asked;
  const mine = asked;
  problem.hidden = true;
  [mine.id, mine.sentAt] = [drawId(now()), performance.now()];
  setTimeout(paintDialog, Patience);
  paintDialog();
  try {
    const { body } = await call('POST', `/v1/gates/${encodeURIComponent(gate.gate)}/commands`, {
      id: mine.id, command, reason: reason.value.trim(), ...(mine.stay && { stay: mine.stay }),
      ...(lasting.hidden ? {} : { seconds: Number(form.elements.seconds.value) }),
    });
    mine.answer = body;
  } catch (error) {
    if (isLost(error)) {
      mine.isLost = true;
    } else {
      mine.id = '';
      tell(mine, error);
    }
  }
  paintDialog();
}

/** Asks what became of a command whose answer was lost. */
async function lookUp() {
  const mine = asked;
  try {
    const { body } = await call('GET', `/v1/gates/${encodeURIComponent(mine.gate.gate)}/commands/${mine.id}`);
    [mine.answer, mine.isLost] = [body, false];
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) {
      // What is still on its way could be taken until its id is too old.
      const left = mine.sentAt + TooOld - performance.now();
      if (left > 0) {
        setTimeout(() => mine === asked && mine.isLost && lookUp(), left);
        return;
      }
      [mine.id, mine.isLost] = ['', false];
      tell(mine, null);
    }
  }
  paintDialog();
}

/** @param {unknown} error null: the service has never got the command */
function tell(mine, error) {
  if (mine === asked) {
    const kind = error?.problem?.type?.split(':').at(-1) ?? '';
    const key = error === null ? 'console.command.notGiven' : `console.command.problem.${kind}`;
    problem.hidden = false;
    setText(problem, has(key) ? t(key) : wordsOf(error));
  }
}

/** Shows the dialog as it is now: the form, or how far the command is. */
export function paintDialog() {
  if (!asked) {
    return;
  }
  const isGiven = asked.id !== '';
  form.querySelectorAll('input, button[data-reason]').forEach(node => { node.disabled = isGiven; });
  confirm.hidden = isGiven;
  confirm.disabled = !isLive || obstacleTo(figures.gates.get(asked.facility.id)?.get(asked.gate.gate) ?? asked.gate) !== '';
  setText(close, isGiven ? t('console.done') : t('console.cancel'));
  steps.hidden = !isGiven;
  if (isGiven) {
    const list = stepsOf(figures.commands.get(asked.id) ?? asked.answer);
    setList(steps, list, ({ name }) => name, () => clone('step-template'), (piece, step) => {
      piece.root.dataset.step = step.state;
      setText(piece.part.what, step.text);
    });
  }
}

/** The steps of a command, and which of them are done. */
function stepsOf(message) {
  const state = message?.state ?? 'sent';
  const step = (name, isDone, isNow) => ({
    name, state: isDone ? 'done' : isNow ? 'now' : 'next', text: t(`console.command.step.${name}`),
  });
  const list = [
    step('sent', message !== null, true),
    step('taken', ['granted', 'obeyed', 'nothing_known'].includes(state), state === 'queued'),
    step('moved', state === 'obeyed', state === 'granted'),
  ];
  const isSilent = performance.now() - asked.sentAt >= Patience;
  const end = state === 'sent' && asked.isLost ? 'lost'
    : ['not_obeyed', 'expired', 'nothing_known'].includes(state) ? state
    : [...Unfinished, 'sent'].includes(state) && isSilent ? 'silent'
    : '';
  return end === '' ? list : [
    ...list.filter(one => one.state === 'done'),
    { name: end, state: 'bad', text: t(`console.command.end.${end}`, { why: obstacleWordsOf(message) }) },
  ];
}

const obstacleWordsOf = message => (message?.obstacle ? wordFor('console.command.obstacle', message.obstacle) : '');

/** How far a command is, in words. */
function stateOf(message) {
  const state = wordFor('console.command.state', message.state);
  return message.obstacle ? `${state}: ${obstacleWordsOf(message)}` : state;
}

form.addEventListener('submit', event => {
  event.preventDefault();
  if (asked.id === '' && !confirm.disabled && reason.value.trim() !== '') {
    give();
  }
});
form.addEventListener('click', event => {
  const chip = event.target.closest('[data-reason]');
  if (chip) {
    reason.value = chip.textContent;
    reason.focus();
  }
});
// Enter ends a composition and must not send the form.
reason.addEventListener('keydown', event => event.key === 'Enter' && event.isComposing && event.preventDefault());
close.addEventListener('click', () => dialog.close());
dialog.addEventListener('close', () => { asked = null; });
