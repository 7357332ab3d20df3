// The code: fetched in time, drawn large, never shown longer than gates take it.

import { now } from '../shared/clock.js';
import { $, setText, svg } from '../shared/dom.js';
import { call, isLost } from '../shared/session.js';
import { second } from '../shared/times.js';
import { t } from '../shared/words.js';
import { cityZone } from './facilities.js';

const LookEvery = 250, RetryAfter = 3_000, RetryWhenTooMany = 5_000;

/** In milliseconds: where the service has not answered by then, the phone does what it can by itself. */
export const PatienceWithService = 800;

/**
 * The code on the screen. madeAt: both clocks of this phone before it made the code, null for a code of the service; expiresAt, redrawAt:
 * milliseconds by the service's clock, or since the phone began to make it.
 * @typedef {{ steady: number, wall: number }} Clocks
 * @typedef {{ text: string, expiresAt: number, redrawAt: number, symbol: { side: number, path: string }, madeAt: Clocks | null }} Code
 * @type {Code | null}
 */
let code = null;
/** Ends when the phone makes a code by itself, because there is none. @type {ReturnType<typeof setTimeout> | undefined} */
let patience;
/** @type {string | null} */
let plate = null;
/** Makes codes without the service; null on a phone that is not linked. @type {typeof import('./offline/offline.js') | null} */
let offline = null;
let isReady = false, isSignedIn = false, isHeld = false, isFetching = false, isDue = false, hasJustBeenUsed = false;
let retryAt = 0, trouble = '';
/** How long the code on the screen was to stay there when it was drawn, in milliseconds. */
let drawnFor = 1;
/** @type {() => void} */
let whenRenewed = () => { };
/** @type {() => void} */
let whenPlateUnknown = () => { };
/** @type {WakeLockSentinel | null} */
let wakeLock = null;

const box = $('#symbol'), note = $('#code-note'), gauge = $('#gauge'), full = $('#full');

/** The text of the code on the screen; null if there is none. */
export const codeText = () => code?.text ?? null;

/** Asks for another code at once; what is on the screen stays until it comes. */
export function renew() {
  isDue = true;
  retryAt = 0;
  look();
}

/** There is a connection again: what was waiting to be tried is tried at once. */
export function retry() {
  retryAt = 0;
  isDue ||= code?.madeAt != null;
  look();
}

/** Somebody is signed in: the service can be asked. */
export function ask() {
  isSignedIn = true;
  retry();
}

/** This phone can make codes by itself. @param {typeof import('./offline/offline.js')} maker */
export function useOffline(maker) {
  offline = maker;
  look();
}

/** Says so while the connection is lost: a code that is there stays until it expires. @param {boolean} isLost */
export function holdCode(isLost) {
  isHeld = isLost;
  look();
}

/** The code has opened a barrier: it is no longer shown. */
export function use() {
  drop();
  hasJustBeenUsed = true;
  offline?.passed();
  renew();
}

/** Codes name this vehicle from now on. @param {string | null} next its plate; null for none */
export function setPlate(next) {
  if (isReady && plate === next) {
    return;
  }
  isReady = true;
  plate = next;
  drop();
  renew();
}

/**
 * @param {{ onRenewed: () => void, onPlateUnknown: () => void }} handlers onRenewed: a code took the place of one that grew old;
 * onPlateUnknown: the vehicle is not in the driver's list
 */
export function startCode({ onRenewed, onPlateUnknown }) {
  [whenRenewed, whenPlateUnknown] = [onRenewed, onPlateUnknown];
  setInterval(look, LookEvery);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      renew();
      keepAwake();
    }
  });
  box.addEventListener('click', enlarge);
  $('#full-close').addEventListener('click', () => full.close());
  full.addEventListener('close', () => wakeLock?.release());
}

/** A code is fetched only while somebody can see it. */
const isSeen = () => !document.hidden && !$('#code-tab').hidden;

function look() {
  if (!isReady) {
    return;
  }
  if (code && left(code.expiresAt) <= 0) {
    drop();
  }
  // A code of the phone's own is not made before the service has had its chance to say who is signed in.
  const isTime = isSignedIn || isHeld || performance.now() > PatienceWithService;
  if (isTime && isSeen() && !isFetching && performance.now() >= retryAt && (isDue || !code || left(code.redrawAt) <= 0)) {
    fetchCode();
  }
  say();
}

/**
 * How long until a time of the code, in milliseconds. The steady clock may stand still while the phone sleeps, and the other may be set:
 * of a code of the phone's own, that counts which has gone further.
 * @param {number} at
 */
function left(at) {
  const { madeAt } = code;
  return at - (madeAt ? Math.max(performance.now() - madeAt.steady, Date.now() - madeAt.wall) : now());
}

/** Where there is no code, and the service does not answer soon, the phone makes one. */
function beginPatience() {
  clearTimeout(patience);
  patience = setTimeout(() => isFetching && !code && makeOffline(plate), PatienceWithService);
}

/** Asks the service; where it does not answer soon, this phone makes a code by itself, until the service does. */
async function fetchCode() {
  isFetching = true;
  const asked = plate;
  const isByTime = !isDue && code !== null;
  beginPatience();
  try {
    const body = await askService(asked);
    if (asked === plate) {
      // If the driver was refused meanwhile, the reason stays on the screen.
      const isStillByTime = isByTime && !isDue;
      const [expiresAt, redrawAt] = [Date.parse(body.expiresAt), Date.parse(body.redrawAt)];
      show({ text: body.code, symbol: body.symbol, expiresAt, redrawAt, madeAt: null });
      trouble = '';
      offline?.reached();
      if (isStillByTime && !hasJustBeenUsed) {
        whenRenewed();
      }
      hasJustBeenUsed = false;
    }
  } catch (error) {
    const status = /** @type {any} */ (error).status;
    trouble = isLost(error) ? 'lost' : status === 429 ? 'tooMany' : 'failed';
    retryAt = performance.now() + (status === 429 ? RetryWhenTooMany : RetryAfter);
    if (status === 404) {
      whenPlateUnknown();
    } else {
      await makeOffline(asked);
    }
  } finally {
    clearTimeout(patience);
    isFetching = false;
    say();
  }
}

async function askService(asked) {
  if (!isSignedIn) {
    throw new Error('Nobody is signed in yet.');
  }
  return (await call('POST', '/v1/codes', { plate: asked ?? undefined, symbol: true })).body;
}

async function makeOffline(asked) {
  if (asked !== plate) {
    return;
  }
  const madeAt = { steady: performance.now(), wall: Date.now() };
  const made = await offline?.make(asked).catch(() => null);
  if (made && isFetching && asked === plate) {
    show({ text: made.text, symbol: made.symbol, expiresAt: made.life, redrawAt: made.redraw, madeAt });
  }
}

function show(next) {
  code = next;
  isDue = false;
  draw();
}

function draw() {
  const side = code.symbol.side;
  const picture = svg('svg', { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', 'aria-hidden': 'true' });
  picture.append(svg('rect', { width: side, height: side, fill: '#fff' }), svg('path', { d: code.symbol.path, stroke: '#000' }));
  box.dataset.side = side;
  box.replaceChildren(picture);
  box.disabled = false;
  box.setAttribute('aria-label', t('driver.enlarge'));
  $('#full-symbol').dataset.side = side;
  $('#full-symbol').replaceChildren(picture.cloneNode(true));
  drawnFor = Math.max(1, left(code.redrawAt));
}

function drop() {
  code = null;
  beginPatience();
  box.replaceChildren();
  box.disabled = true;
  box.removeAttribute('aria-label');
  $('#full-symbol').replaceChildren();
  closeFull();
}

/** Shows the page again, where there is something to read. */
export function closeFull() {
  if (full.open) {
    full.close();
  }
}

/** Says what there is to say below the symbol, or in its place. */
function say() {
  box.classList.toggle('waiting', !code && !trouble);
  // In steps: an animation would keep the phone drawing all the time.
  gauge.style.transform = `scaleX(${code ? Math.min(1, Math.max(0, left(code.redrawAt) / drawnFor)) : 0})`;
  if (!code) {
    setText(box, trouble === 'lost' ? t('driver.noCode') : trouble ? t(`driver.${trouble}`) : t('driver.making'));
    setText(note, '');
  } else if (!code.madeAt && (isHeld || trouble === 'lost')) {
    setText(note, t('driver.lastUntil', { time: second(code.expiresAt, cityZone()) }));
  } else if (!code.madeAt && trouble && left(code.redrawAt) <= 0) {
    setText(note, t(`driver.${trouble}`));
  } else {
    const seconds = Math.max(0, Math.round(left(code.redrawAt) / 1000));
    setText(note, t(code.madeAt ? 'driver.offline.next' : 'driver.nextIn', { seconds }));
  }
}

function enlarge() {
  full.showModal();
  keepAwake();
}

/** A browser ends the lock when the page is hidden, so it is taken again afterwards. */
async function keepAwake() {
  if (!full.open) {
    return;
  }
  try {
    wakeLock = await navigator.wakeLock?.request('screen') ?? null;
  } catch {
    // The battery is low, or the browser does not want to: the screen dims as it always does.
  }
  if (!full.open) {
    wakeLock?.release();
  }
}
