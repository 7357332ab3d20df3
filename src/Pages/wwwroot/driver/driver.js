// The drivers' page: puts its parts together.

import { $, clone, disable, setAttributes, setText } from '../shared/dom.js';
import { Hub } from '../shared/hub.js';
import { openSession } from '../shared/session.js';
import { short } from '../shared/times.js';
import { t } from '../shared/words.js';
import { ask, closeFull, holdCode, PatienceWithService, renew, retry, setPlate, startCode, use, useOffline } from './code.js';
import { noteConnection } from './connection.js';
import { cityZone } from './facilities.js';
import { DraftsOfKey, isLinked, mayBeOf } from './linked.js';
import { dismissMoment, showMoment } from './moments.js';
import { figuresFrom, holdPrices, loadStays, recallStays, showPast, startStays } from './stays.js';
import { loadVehicles, recallVehicles, showVehicles, startVehicles } from './vehicles.js';

/** What leads to another page of the service: without a connection there would be no page at all. */
const NeedsService = '#sign-out, [data-look=lang]';

const Tabs = ['code', 'stays', 'vehicles', 'help'];

/** @type {any[]} */
let openStays = [];
/** Only in the demo. @type {typeof import('./gates.js') | null} */
let gates = null;
/** Only on a phone that is linked. @type {Promise<typeof import('./offline/offline.js')> | null} */
let offline = null;

function showTab() {
  const tab = Tabs.find(name => location.hash === `#${name}`) ?? Tabs[0];
  for (const name of Tabs) {
    $(`#${name}-tab`).hidden = name !== tab;
    setAttributes($(`[data-tab=${name}]`), { 'aria-current': name === tab ? 'page' : null });
  }
  scrollTo({ top: 0 });
  fillTab();
}

/** What only one tab needs is loaded with it; without a connection, once there is one again. */
function fillTab() {
  const fill = { stays: showPast, vehicles: showVehicles, help: showHelp }[Tabs.find(name => !$(`#${name}-tab`).hidden)];
  fill?.().catch(() => { });
}

async function showHelp() {
  try {
    await (await import('./help/help.js')).openHelp();
  } catch {
    const { root, part } = clone('failure');
    part.retry.addEventListener('click', showHelp);
    $('#help-place').replaceChildren(root);
  }
}

/** @param {'connecting' | 'live' | 'lost'} state */
function showState(state) {
  document.body.dataset.connection = state;
  const bar = $('#lost'), isLost = state === 'lost';
  const from = figuresFrom();
  // Where there are no figures that could be old, the word at the code is enough.
  bar.hidden = !isLost || (offline !== null && !from);
  setText(bar, !isLost ? '' : from ? t('driver.lost', { time: short(from, cityZone()) }) : t('driver.lostAtOnce'));
  disable(NeedsService, isLost);
  holdCode(isLost);
  holdPrices(isLost);
  noteConnection(isLost);
}

function hearMoment(moment) {
  closeFull();
  showMoment(moment);
  if (moment.decision === 'open') {
    use();
  } else {
    renew();
  }
  if (moment.reason === 'device_revoked') {
    offline?.then(maker => maker.refused());
  }
  loadStays();
}

$('#menu').addEventListener('toggle', () => import('./menu.js').catch(() => { }));
addEventListener('hashchange', () => {
  dismissMoment();
  showTab();
});
showTab();
startCode({ onRenewed: dismissMoment, onPlateUnknown: loadVehicles });
startVehicles(plate => {
  setPlate(plate);
  offline?.then(maker => maker.followVehicles());
});
startStays(open => {
  openStays = open;
  gates?.setOpenStays(open);
});

/** Makes codes without a network from now on. */
function loadOffline() {
  offline ??= import('./offline/offline.js').then(maker => {
    useOffline(maker);
    return maker;
  });
  return offline;
}

/** What the phone has kept is shown once it is known who is signed in, or the service has not said it in time. */
const recall = () => offline?.then(() => {
  recallVehicles();
  return recallStays();
}).catch(() => { });

if (isLinked()) {
  loadOffline();
  setTimeout(recall, PatienceWithService);
}
$('#link').addEventListener('click', async () => (await loadOffline()).link());

/** Whoever signs in must be there before anything else is asked; without a connection this asks again. */
async function openPatiently() {
  for (;;) {
    try {
      return await openSession();
    } catch {
      recall();
      showState('lost');
      await new Promise(resolve => { setTimeout(resolve, 2_000); });
    }
  }
}

/**
 * Asks whether this is the demo, whose gates the driver can be at. It is not `call` of session.js: that this is refused does not mean that
 * nobody is signed in.
 */
async function findGates(csrfToken) {
  const answer = await fetch('/demo/gates', { headers: { Accept: 'application/json' } }).catch(() => null);
  if (answer?.status === 200) {
    const { gates: known } = await answer.json();
    const card = await import('./gates.js');
    await card.startGates(known, csrfToken);
    gates = card;
    gates.setOpenStays(openStays);
  }
}

const session = await openPatiently();
const draftsOf = sessionStorage.getItem(DraftsOfKey), person = session.name ?? '';
if (draftsOf !== null && draftsOf !== person) {
  // What another person has typed in this tab is nobody else's.
  sessionStorage.clear();
  location.reload();
  await new Promise(() => { });
}
sessionStorage.setItem(DraftsOfKey, person);
if (isLinked() && !mayBeOf(session.name)) {
  await (await loadOffline()).refuseOthers(session.name);
}
recall();
setText($('#who'), session.name);
const page = $('#version').dataset.build, service = session.build.slice(0, page.length);
setText($('#version'), page === service ? '' : t('driver.versions', { page, service }));
ask();
if (!isLinked() && crypto.subtle) {
  setText($('#link'), t('driver.offline.link'));
  setText($('#offline-note'), t('driver.offline.why'));
  $('#offline').hidden = false;
}
let whenReady = () => { };
new Hub('/hubs/driver', {
  on: {
    Ready: () => {
      whenReady();
      loadVehicles();
      loadStays();
      retry();
      fillTab();
      offline?.then(maker => maker.refill());
    },
    AtGate: hearMoment,
  },
  onOpen: () => new Promise(resolve => { whenReady = resolve; }),
  onState: showState,
});
loadVehicles();
loadStays();
findGates(session.csrfToken);
