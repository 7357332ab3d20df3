// What gates decide, as it happens. It pauses while a person points at it or has the focus in it.

import { $, clone, setList, setText } from '../shared/dom.js';
import { second } from '../shared/times.js';
import { has, nameOf, t, wordFor } from '../shared/words.js';
import { city, Districts } from './city.js';
import { figures } from './model.js';

const MostRows = 100, MostKept = 400;

const panel = $('#feed'), list = $('#decisions');

/** Newest first. @type {any[]} */
let kept = [];
let last = 0;
let pausedAt = null;
/** What is on the screen; it stays while the feed pauses. @type {any[]} */
let shown = [];
let repaint = () => { };

/** Starts pausing. @param {() => void} askPaint called when something is to be painted */
export function wireFeed(askPaint) {
  repaint = askPaint;
  for (const event of ['pointerenter', 'pointerleave', 'focusin', 'focusout']) {
    panel.addEventListener(event, () => queueMicrotask(() => {
      const isPaused = panel.matches(':hover, :focus-within');
      pausedAt = isPaused ? pausedAt ?? last : null;
      repaint();
    }));
  }
}

/** Takes decisions in the order in which they were made. @param {import('./model.js').Decision[]} decisions */
export function addDecisions(decisions) {
  for (const decision of decisions) {
    kept.unshift({ number: ++last, decision });
  }
  kept.length = Math.min(kept.length, MostKept);
}

/** Notes that decisions of some time are missing. @param {number} from @param {number} to milliseconds since 1970 */
export function addGap(from, to) {
  kept.unshift({ number: ++last, gap: { from, to } });
}

/** @param {Set<string>} facilities the ids of those that are shown @param {string} zone IANA, for gaps */
export function paintFeed(facilities, zone) {
  const wanted = kept.filter(({ decision }) => !decision || facilities.has(decision.facility));
  if (pausedAt === null) {
    shown = wanted.slice(0, MostRows);
  }
  setList(list, shown, ({ number }) => String(number), entry => (entry.gap ? makeGap(entry.gap, zone) : make(entry.decision)));
  const empty = $('#feed-empty');
  empty.hidden = shown.length > 0;
  setText(empty, t(figures.scope === Districts ? 'console.feedOfDistricts' : 'console.feedEmpty'));
  list.hidden = shown.length === 0;
  const newer = pausedAt === null ? 0 : wanted.filter(({ number }) => number > pausedAt).length;
  const n = newer < MostKept ? newer : `${MostKept}+`;
  panel.dataset.paused = String(pausedAt !== null);
  setText($('#feed-state'), pausedAt === null ? t('console.feedRunning') : t('console.feedPaused', { n }));
}

function make(decision) {
  const { root, part } = clone('decision-template');
  const facility = city.byId.get(decision.facility);
  const [what, reason] = [`console.decision.${decision.decision}`, `console.reason.${decision.reason}`];
  root.dataset.decision = decision.decision;
  setText(part.at, facility ? second(decision.at, facility.timeZone) : '');
  part.at.dateTime = decision.at;
  setText(part.mark, decision.decision === 'open' ? (decision.direction === 'entry' ? '→' : '←') : '✕');
  setText(part.what, t(has(what) ? what : 'console.decision.other', { reason: t(has(reason) ? reason : 'console.reason.other') }));
  setText(part.where, facility ? nameOf(facility.name) : decision.facility);
  setText(part.gate, `${wordFor('console.direction', decision.direction)} ${shortName(decision)}`);
  setText(part.late, decision.live ? '' : t('console.late'));
  return { root, part };
}

/** A gate's name without its facility's, which stands beside it. */
const shortName = ({ gate, facility }) => (gate.startsWith(`${facility}-`) ? gate.slice(facility.length + 1) : gate);

function makeGap({ from, to }, zone) {
  const piece = clone('gap-template');
  setText(piece.part.what, t('console.feedGap', { from: second(from, zone), to: second(to, zone) }));
  return piece;
}
