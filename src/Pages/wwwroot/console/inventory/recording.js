// The dialog that shows what an inventory changes, records it when that was confirmed, and shows what came of it.

import { now } from '../../shared/clock.js';
import { $, clone, partsOf, setList, setText } from '../../shared/dom.js';
import { drawId } from '../../shared/ids.js';
import { call, isLost } from '../../shared/session.js';
import { short } from '../../shared/times.js';
import { nameOf, t, wordFor } from '../../shared/words.js';
import { fetchInto, wordsOf } from '../panel.js';

/** What the service answers if something is another than in the preview; nothing was done then. */
const Changed = /:(inventory-changed|inventory-doubted)$/;

/** What it answers to a count that is not later than the last one. */
const Outdated = /:inventory-outdated$/;

let dialog, onUntick, onRecorded, isLive = false;

/**
 * The inventory that the dialog is about. `content`: what is previewed and recorded. `left`: how many stays were left out of it because
 * they are not to be closed. `isLost`: whether it was sent and nobody answered: the same again with its id finds out.
 * @type {{ facility: import('../city.js').Facility, content: any, reason: string, id: string, preview: any, left: number,
 *   hasChanged: boolean, isSending: boolean, isLost: boolean, problem: string, answer: any } | null}
 */
let asked = null;

/** @param {(ids: string[]) => void} untick @param {(stays: any[]) => void} recorded */
export function wireRecording(untick, recorded) {
  [onUntick, onRecorded, dialog] = [untick, recorded, $('#inventory-dialog')];
  $('#inventory-confirm-form').addEventListener('submit', event => {
    event.preventDefault();
    record();
  });
  $('#inventory-despite').addEventListener('change', paintRecording);
  $('#inventory-cancel').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => { asked = null; });
}

/** @param {boolean} live */
export function allowRecording(live) {
  isLive = live;
  paintRecording();
}

/**
 * Shows what an inventory would change, and asks whether to record it. @param {import('../city.js').Facility} facility
 * @param {{ countedAt: string, count?: number, closes?: string[] }} content @param {string} reason
 */
export function askToRecord(facility, content, reason) {
  asked = {
    facility, content, reason, id: drawId(now()), preview: null, left: 0, hasChanged: false, isSending: false, isLost: false, problem: '',
    answer: null,
  };
  setText($('#inventory-where'), nameOf(facility.name));
  paintRecording();
  dialog.showModal();
  fetchPreview(asked);
}

const pathOf = ({ facility }) => `/v1/facilities/${encodeURIComponent(facility.id)}/inventories`;

/** Fetches what it would change. Stays that are not to be closed are left out, and unticked. */
function fetchPreview(mine) {
  mine.preview = null;
  $('#inventory-despite').checked = false;
  paintRecording();
  return fetchInto($('#inventory-preview'), async () => {
    try {
      mine.preview = await previewOf(mine);
    } catch (error) {
      if (!isOutdated(error)) {
        throw error;
      }
      mine.problem = t('inventory.outdated');
    }
    if (mine === asked) {
      paintRecording();
    }
  });
}

/** The preview of what is left of it; null if nothing is. A stay may end while the rest is asked for, too. */
async function previewOf(mine) {
  for (;;) {
    const { closes = [], ...rest } = mine.content;
    if (closes.length === 0 && rest.count === undefined) {
      return null;
    }
    const { body } = await call('POST', `${pathOf(mine)}/preview`, mine.content);
    const gone = body.stays.filter(({ effect }) => effect !== 'closes').map(({ id }) => id);
    if (gone.length === 0) {
      return body;
    }
    const kept = closes.filter(id => !gone.includes(id));
    mine.content = { ...rest, ...(kept.length > 0 && { closes: kept }) };
    mine.left += gone.length;
    onUntick(gone);
  }
}

const isOutdated = error => Outdated.test(error.problem?.type ?? '');

/** Records it. The same again with the same id does nothing twice. */
async function record() {
  const mine = asked;
  mine.isSending = true;
  mine.problem = '';
  paintRecording();
  try {
    const { body } = await call('POST', pathOf(mine), {
      id: mine.id, ...mine.content, reason: mine.reason, version: mine.preview.version,
      ...(mine.preview.doubted.length > 0 && { despite: mine.preview.doubted.map(({ gate }) => gate) }),
    });
    [mine.answer, mine.isLost] = [body, false];
    onRecorded(body.stays);
  } catch (error) {
    mine.isLost = isLost(error);
    mine.hasChanged = Changed.test(error.problem?.type ?? '');
    mine.problem = mine.isLost ? t('inventory.lost')
      : mine.hasChanged ? ''
      : isOutdated(error) ? t('inventory.outdated')
      : wordsOf(error);
  }
  mine.isSending = false;
  if (mine === asked) {
    paintRecording();
    if (mine.hasChanged && !mine.answer) {
      // What is confirmed next may be another content, and an id names one.
      mine.id = drawId(now());
      fetchPreview(mine);
    }
  }
}

/** Shows the dialog as it is now. */
export function paintRecording() {
  if (!asked) {
    return;
  }
  const { facility, preview, answer, left, problem, isSending } = asked;
  const zone = facility.timeZone, isTaken = answer !== null;
  setText($('#inventory-dialog-title'), t(isTaken ? 'inventory.takenTitle' : 'inventory.previewTitle'));
  $('#inventory-changed').hidden = !asked.hasChanged || isTaken;
  $('#inventory-numbers').hidden = isTaken;
  paintNumbers(preview);
  $('#inventory-result').hidden = !isTaken;
  setText($('#inventory-result'), isTaken ? t('inventory.taken', answer) : '');
  const stays = answer?.stays ?? preview?.stays ?? [];
  setText($('#inventory-closing'), stays.length > 0 && !isTaken ? t('inventory.closing', { n: stays.length }) : '');
  setList($('#inventory-stays'), stays, ({ id }) => id, () => clone('inventory-stay-template'), ({ part }, stay) => {
    setText(part.since, stay.enteredAt ? short(stay.enteredAt, zone) : t('inventory.notSeen'));
    setText(part.gate, stay.gate ?? '—');
    setText(part.state, stay.state ? wordFor('stays.state', stay.state) : '');
    setText(part.effect, wordFor(isTaken ? 'inventory.done' : 'inventory.effect', stay.effect));
  });
  $('#inventory-left').hidden = left === 0;
  setText($('#inventory-left'), t('inventory.left', { n: left }));
  setText($('#inventory-passages'), preview && !isTaken ? passagesOf(preview, zone) : '');
  const doubts = $('#inventory-doubts');
  doubts.hidden = isTaken || !(preview?.doubted.length > 0);
  paintGates(partsOf(doubts).gates, preview?.doubted ?? [], zone);
  const note = $('#inventory-not-taken');
  note.hidden = problem === '' || isTaken;
  setText(note, problem);
  const confirm = $('#inventory-confirm');
  confirm.hidden = isTaken;
  setText(confirm, t(asked.isLost ? 'inventory.again' : 'inventory.confirm'));
  confirm.disabled = !isLive || isSending || !preview || (!doubts.hidden && !$('#inventory-despite').checked);
  setText($('#inventory-cancel'), t(isTaken ? 'console.done' : 'inventory.cancel'));
}

function paintNumbers(preview) {
  const part = partsOf($('#inventory-numbers'));
  setText(part.before, preview?.shown ?? t('console.unknown'));
  setText(part.after, preview?.shownAfter ?? t('console.unknown'));
  const change = preview ? preview.shownAfter - preview.shown : 0;
  setText(part.change, change === 0 ? '' : `(${change > 0 ? '+' : '−'}${Math.abs(change)})`);
}

const passagesOf = ({ passages, passagesSince }, zone) => (passages === undefined
  ? t('inventory.passagesUnknown')
  : t('inventory.passages', { n: passages, time: short(passagesSince, zone) }));

/** Lists gates, and why each speaks against an inventory. */
export function paintGates(place, gates, zone) {
  const lines = gates.flatMap(({ gate, state, lastHeardAt, unsent }) => [
    state === 'never' && t('inventory.never', { gate }),
    state === 'silent' && (lastHeardAt
      ? t('inventory.silentSince', { gate, time: short(lastHeardAt, zone) })
      : t('inventory.silent', { gate })),
    unsent > 0 && t('inventory.unsent', { gate, n: unsent }),
  ]).filter(line => line);
  setList(place, lines, String, line => {
    const piece = clone('inventory-gate-template');
    setText(piece.root, line);
    return piece;
  });
}
