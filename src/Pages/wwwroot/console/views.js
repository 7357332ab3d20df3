// The views beside the overview and a facility. Each is fetched when it is shown first.

import { $ } from '../shared/dom.js';
import { loadPart } from '../shared/parts.js';
import { fetchInto } from './panel.js';

/**
 * What a view's module has. `wire`: once, when its content is there. `show`: what the address says; may be called again. `paint`: newer
 * figures. `allowActs`: whether there is a connection. `move`: the keys J and K.
 * @typedef {{ wire: (go: (address: string) => void) => void, show: (query: URLSearchParams) => void, paint?: () => void,
 *   allowActs?: (live: boolean) => void, move?: (step: 1 | -1) => void }} View
 */

/** @type {Record<string, () => Promise<View>>} */
const modules = {
  alarms: () => import('./alarms/alarms.js'),
  audit: () => import('./audit/audit.js'),
  cases: () => import('./cases/cases.js'),
  inventory: () => import('./inventory/inventory.js'),
  stays: () => import('./stays/stays.js'),
  tariffs: () => import('./tariffs/tariffs.js'),
  use: () => import('./use/use.js'),
};

/** @type {Map<string, View>} */
const loaded = new Map();

/** The name of the view that is shown; an empty text for none. */
let current = '';

let isLive = false;

/** The name of the view that an address asks for; an empty text if there is none. @param {URLSearchParams} query */
export function viewIn(query) {
  const name = query.get('view') ?? '';
  return Object.hasOwn(modules, name) ? name : '';
}

const placeOf = name => $(`#view-${name}`);

/** The view that is shown, once it is there. */
export const shownView = () => loaded.get(current) ?? null;

/**
 * Shows a view, and hides the one before. @param {string} name an empty text for none @param {URLSearchParams} query
 * @param {(address: string) => void} go
 */
export function showView(name, query, go) {
  if (current && current !== name) {
    // A dialog that is hidden with its view would still keep everything else from being used.
    placeOf(current).querySelectorAll('dialog[open]').forEach(dialog => dialog.close());
  }
  current = name;
  for (const other of Object.keys(modules)) {
    placeOf(other).hidden = other !== name;
  }
  for (const link of document.querySelectorAll('#views a')) {
    link.toggleAttribute('aria-current', link.dataset.view === name);
  }
  if (!name) {
    return;
  }
  if (loaded.has(name)) {
    loaded.get(name).show(query);
    return;
  }
  const place = placeOf(name);
  fetchInto(place, async () => {
    const [view] = await Promise.all([modules[name](), loadPart(`/console/parts/${name}`, place)]);
    if (!loaded.has(name)) {
      loaded.set(name, view);
      view.wire(go);
      view.allowActs?.(isLive);
    }
    if (current === name) {
      view.show(new URLSearchParams(location.search));
    }
  });
}

/** Nothing can be done while the connection is lost. @param {boolean} live */
export function allowActs(live) {
  isLive = live;
  for (const view of loaded.values()) {
    view.allowActs?.(live);
  }
}
