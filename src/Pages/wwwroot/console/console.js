// The operators' console: signs in, shows what the address says, and keeps it live.

import { now, trueTime } from '../shared/clock.js';
import { $, disable, setText } from '../shared/dom.js';
import { Hub, RefusedError } from '../shared/hub.js';
import { wireLook } from '../shared/look.js';
import { openSession, signOut } from '../shared/session.js';
import { nameOf, t } from '../shared/words.js';
import { alarmsMayHaveChanged, fetchAlarms } from './alarms/book.js';
import { runSummary } from './alarms/summary.js';
import { announce, fillScopes, noteAge, runBar, showScope } from './bar.js';
import {
  city, Districts, facilitiesOf, fetchFacilities, isFetched, loadCity, mayDoAnywhere, onFacilities, takeDuties, zoneOf,
} from './city.js';
import { addDecisions, addGap, paintFeed, wireFeed } from './feed.js';
import { wireKeys } from './keys.js';
import { figures } from './model.js';
import { focusFacility, moveFocus, paintOverview, paintWaiting, useDistricts, wireOverview } from './overview.js';
import { fetchInto, wordsOf } from './panel.js';
import { allowActs, showView, shownView, viewIn } from './views.js';

const DayEvery = 300_000, LoadAgainAfter = 5_000, RenewEvery = 300_000;

/** What the address says: a facility, or a part of the city. */
const shown = { /** @type {any} */ facility: null, scope: '' };

/** Whether this is a screen on a wall: nobody does anything there. */
const isWall = new URLSearchParams(location.search).has('wall');

/** @type {Hub | null} */
let hub = null;

/** What a facility's view needs; null until somebody goes near one: the overview is there sooner without it. */
let view = null;

let watched = '';
/** What the feed has heard, and since when: a scope and milliseconds since 1970. */
let heard = { scope: '', since: 0 };
let paintBar = () => { };

const hubScope = () => (shown.facility ? `facility:${shown.facility.id}` : shown.scope);

/** The widest scope that this person may watch: what `/console` shows. */
const home = () => city.scopes[0];

/** @param {string} scope */
const addressOf = scope => (scope === home() ? '/console' : `/console?scope=${scope}`);

const zone = () => zoneOf((shown.facility ?? facilitiesOf(shown.scope)[0])?.id);

const repaint = eachFrame(() => {
  if (!isRunning()) {
    return;
  }
  if (shown.facility) {
    view?.paintFacility();
  } else if (shownView()) {
    shownView().paint?.();
  } else {
    paintOverview(shown.scope);
  }
  paintFeed(new Set(facilitiesOf(hubScope()).map(({ id }) => id)), zone());
});

/**
 * Subscribes to what is shown. What was subscribed to before ends first, so that no decision comes twice. A scope that the service does not
 * know any more is left for the widest.
 */
async function watch() {
  const scope = hubScope();
  if (watched && watched !== scope) {
    hub.invoke('Unsubscribe', watched).catch(() => { });
  }
  watched = scope;
  try {
    await hub.invoke('Subscribe', scope);
  } catch (error) {
    if (!(error instanceof RefusedError) || scope === home()) {
      throw error;
    }
    [watched, shown.scope] = ['', home()];
    go('/console');
    await watch();
    return;
  }
  if (heard.scope !== scope) {
    const all = heard.scope ? new Set(facilitiesOf(heard.scope)) : null;
    if (all && !facilitiesOf(scope).every(facility => all.has(facility))) {
      addGap(heard.since, now());
    }
    heard = { scope, since: now() };
  }
}

/** Subscribes again. A connection that ends meanwhile does so by itself when it is back. */
const watchAgain = () => watch().catch(() => { });

/** Another scope may be shown by now, also since the connection began. */
function followScope() {
  if (hub?.state === 'live' && watched !== hubScope()) {
    watchAgain();
  }
}

const on = {
  Snapshot(message) {
    if (message.scope === hubScope()) {
      figures.replace(message);
      repaint();
    }
  },
  Changed(message) {
    if (message.scope !== figures.scope) {
      return;
    }
    if (!figures.take(message)) {
      watchAgain();
    }
    if (message.alarms?.length > 0) {
      alarmsMayHaveChanged();
    }
    if (message.gates.some(({ facility }) => facility === shown.facility?.id)) {
      view?.logMayHaveChanged();
    }
    repaint();
  },
  Tick: ({ age }) => noteAge(age),
  Decided(decisions) {
    addDecisions(decisions);
    repaint();
  },
};

function changeState(state) {
  document.body.dataset.connection = state;
  view?.allowActs(state === 'live');
  allowActs(state === 'live');
  // Without a connection another page of the service would be no page at all.
  disable('.who [data-act=sign-out], [data-look=lang]', state === 'lost');
  followScope();
  if (state === 'live' && hub.liveUntil) {
    addGap(trueTime(hub.liveUntil), now());
    announce(hub, zone());
    fetchAlarms();
    loadCity().then(isAnother => isAnother && !document.querySelector('dialog[open]') && location.reload(), () => { });
    if (view) {
      view.fetchDay();
      view.fetchLog();
    } else if (shown.facility) {
      openView();
    }
    repaint();
  } else if (state === 'lost') {
    watched = '';
    announce(hub, zone());
  }
  paintBar();
}

async function fetchView() {
  view = await import('./facility.js');
  view.allowActs(hub?.state === 'live');
}

/** Opens the view of the facility that is shown. */
function openView() {
  return fetchInto($('#facility .heading'), async () => {
    if (!view) {
      await fetchView();
    }
    if (shown.facility) {
      view.openFacility(shown.facility);
      $('#facility-title').focus();
      repaint();
    }
  });
}

/** Shows what the address says. */
function route() {
  const query = new URLSearchParams(location.search);
  const before = shown.facility;
  const other = viewIn(query);
  const id = other ? null : query.get('facility');
  shown.facility = id === null ? null : city.byId.get(id) ?? null;
  const scope = query.get('scope');
  if (!shown.facility || !shown.scope) {
    shown.scope = city.scopes.includes(scope) ? scope : home();
  }
  fetchMissing(query.get('facility'));
  $('#overview').hidden = shown.facility !== null || other !== '';
  $('#facility').hidden = shown.facility === null;
  $('#side').hidden = other !== '';
  document.body.dataset.view = other || (shown.facility ? 'facility' : 'overview');
  showView(other, query, go);
  document.title = [shown.facility && nameOf(shown.facility.name), t('console.title')].filter(part => part).join(' · ');
  $('[data-back]').href = addressOf(shown.scope);
  showScope(shown.scope);
  if (shown.facility && shown.facility !== before) {
    openView();
  } else if (!shown.facility) {
    view?.closeFacility();
  }
  followScope();
  repaint();
  if (before && !shown.facility) {
    requestAnimationFrame(() => focusFacility(before.id));
  }
}

/**
 * Of a large city, fetches what the address names. Only if that is the facility, what is shown begins anew: a form must not lose what
 * somebody types meanwhile.
 * @param {string | null} id the facility in the address
 */
function fetchMissing(id) {
  const own = `facility:${id}`;
  for (const scope of [...id === null ? [] : [own], shown.scope].filter(one => !isFetched(one))) {
    fetchInto($('#facilities'), async () => {
      await fetchFacilities(scope);
      if (scope === own) {
        route();
      } else {
        repaint();
      }
    });
  }
}

/** @param {string} address */
function go(address) {
  history.pushState(null, '', address);
  route();
}

/** Whether there is anything to show yet. */
const isRunning = () => hub !== null;

function wire() {
  addEventListener('popstate', () => isRunning() && route());
  wireOverview(repaint);
  wireFeed(repaint);
  if (isWall) {
    document.body.dataset.wall = '';
    document.addEventListener('click', event => event.preventDefault());
    return;
  }
  document.addEventListener('click', event => {
    const link = event.target.closest('[data-go]');
    if (link && isRunning() && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(link.dataset.go || link.getAttribute('href'));
    }
    acts[event.target.closest('[data-act]')?.dataset.act]?.();
  });
  wireRenewal();
  wireKeys({
    find: () => (shown.facility || shownView() ? null : $('#find').focus()),
    move: step => (shown.facility ? view?.moveLane(step) : shownView() ? shownView().move?.(step) : moveFocus(step)),
    lane: () => shown.facility && view?.openLane(),
    back: goBack,
    help: acts.help,
  });
}

/** Whoever does something here is not idle: a call now and then renews their sign-in. */
function wireRenewal() {
  let renewed = performance.now();
  const renew = () => {
    if (isRunning() && performance.now() - renewed > RenewEvery) {
      renewed = performance.now();
      openSession().catch(() => { });
    }
  };
  addEventListener('pointerdown', renew);
  addEventListener('keydown', renew);
}

const acts = {
  'help': () => $('#help-dialog').showModal(),
  'sign-out': () => signOut().catch(error => setText($('#announcement'), wordsOf(error))),
  'rebuild': () => view.askToRebuild(shown.facility),
  'switch': () => view.askToSwitch(shown.facility, $('#switch').dataset.closes === 'true'),
};

function goBack() {
  const find = $('#find');
  if (shown.facility) {
    go($('[data-back]').getAttribute('href'));
  } else if (find.value || document.activeElement === find) {
    find.value = '';
    find.blur();
    repaint();
  }
}

/** What an operator needs before anything can be shown. It may fail and be tried again. */
async function load() {
  const session = await openSession();
  setText($('#who'), session.name);
  takeDuties(session.duties);
  if (session.duties.length > 0) {
    await loadCity();
  }
  if (city.isLarge) {
    const districts = await import('./districts.js');
    districts.wireDistricts(repaint);
    useDistricts(districts);
  }
  queueMicrotask(city.scopes.length > 0 ? run : refuse);
}

/** Signed in, but without a duty anywhere in this city: says so. */
function refuse() {
  for (const part of ['#overview', '#side', '#freshness', '#views', '#alarm-counts', '.scope', '.clock', '[data-act=help]']) {
    $(part).hidden = true;
  }
  $('#refused').hidden = false;
}

function run() {
  if (hub) {
    return;
  }
  fillScopes(scope => go(addressOf(scope)));
  $('#views [data-view=cases]').hidden = !mayDoAnywhere('operate');
  route();
  hub = new Hub('/hubs/occupancy', { on, onOpen: watch, onState: changeState });
  paintBar = runBar(hub, zone);
  runSummary();
  onFacilities(repaint);
  const fetchDay = () => document.hidden || view?.fetchDay();
  setInterval(fetchDay, DayEvery);
  document.addEventListener('visibilitychange', fetchDay);
  for (const nearing of ['pointerover', 'focusin']) {
    $('#overview').addEventListener(nearing, () => view ?? fetchView().catch(() => { }), { once: true });
  }
}

wireLook();
wire();
$('#overview').hidden = false;
paintWaiting();
begin();

/** A screen on a wall has nobody who presses the button. */
async function begin() {
  if (!await fetchInto($('#facilities'), load) && !hub) {
    setTimeout(begin, LoadAgainAfter);
  }
}

/**
 * Makes a function that asks for `paint` at the next frame, however often it is called before. A hidden page paints nothing: it does so
 * once when it is shown again.
 * @param {() => void} paint
 */
function eachFrame(paint) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        paint();
      });
    }
  };
}
