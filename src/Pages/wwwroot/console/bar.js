// The bar at the top: scope, freshness, and the facility's time.

import { now, trueTime } from '../shared/clock.js';
import { $, setText } from '../shared/dom.js';
import { second, zoneName } from '../shared/times.js';
import { nameOf, t } from '../shared/words.js';
import { city, Districts } from './city.js';

const freshness = $('#freshness'), freshnessText = $('#freshness span'), announcement = $('#announcement'), select = $('#scope');
const LookEvery = 200;

/** From then on, in milliseconds, the figures are called old: the service reads them once a second. */
const Old = 5_000;

/** How old the figures were when the service last said so, and when that was by the steady clock. */
let told = { age: 0, at: -Infinity };

/** @param {number} age how old the figures are, in milliseconds */
export function noteAge(age) {
  told = { age, at: performance.now() };
}

/** @param {import('../shared/hub.js').Hub} hub @param {() => string} zoneOf the zone of what is shown, IANA */
export function runBar(hub, zoneOf) {
  const paint = () => {
    if (!document.hidden) {
      paintFreshness(hub, zoneOf());
      paintClock(zoneOf());
    }
  };
  setInterval(paint, LookEvery);
  document.addEventListener('visibilitychange', paint);
  return paint;
}

function paintFreshness(hub, zone) {
  const age = Number.isFinite(told.at) ? told.age + performance.now() - told.at : hub.quiet;
  const isOld = hub.state === 'live' && age > Old;
  freshness.dataset.state = isOld ? 'old' : hub.state;
  if (hub.state === 'live') {
    setText(freshnessText, isOld
      ? t('console.old', { age: Math.round(age / 1_000) })
      : t('console.live', { age: (age / 1_000).toFixed(1) }));
  } else if (hub.state === 'lost') {
    setText(freshnessText, lostText(hub, zone));
  }
}

/** Until when the figures were live. */
const lostText = (hub, zone) =>
  (hub.liveUntil ? t('console.lostSince', { time: second(trueTime(hub.liveUntil), zone) }) : t('console.lost'));

/** Says a change of the connection aloud, once. @param {import('../shared/hub.js').Hub} hub */
export function announce(hub, zone) {
  setText(announcement, hub.state === 'live' ? t('console.liveAgain') : lostText(hub, zone));
}

function paintClock(zone) {
  const at = now();
  setText($('#clock'), second(at, zone));
  setText($('#zone'), zoneName(zone));
  $('#zone').title = zone;
}

/** Offers what this person may watch. @param {(scope: string) => void} choose */
export function fillScopes(choose) {
  const names = new Map([['city', t('console.city')], [Districts, t('console.city')]]);
  city.districts.forEach(({ id, name }) => names.set(`district:${id}`, nameOf(name)));
  city.facilities.forEach(({ id, name }) => names.set(`facility:${id}`, nameOf(name)));
  select.replaceChildren(...city.scopes.map(scope => new Option(names.get(scope), scope)));
  select.disabled = false;
  select.addEventListener('change', () => choose(select.value));
}

/** @param {string} scope */
export function showScope(scope) {
  select.value = scope;
}
