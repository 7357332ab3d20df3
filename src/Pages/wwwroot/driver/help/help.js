// The tab of help: cases, phones, the driver's data, language. Loaded when it is looked at first.

import { $ } from '../../shared/dom.js';
import { wireLook } from '../../shared/look.js';
import { loadPart } from '../../shared/parts.js';
import { learnCity } from '../facilities.js';
import { loadCases } from './cases.js';
import { loadDevices } from './devices.js';
import { startRights } from './rights.js';

/** @type {Promise<void> | null} */
let opening = null;

/** Shows the tab, and reads its lists. @throws {Error} Its part of the page could not be fetched; it can be asked for again. */
export async function openHelp() {
  opening ??= open().catch(error => {
    opening = null;
    throw error;
  });
  await opening;
  const city = learnCity().catch(() => { });
  loadCases();
  city.then(loadDevices);
}

async function open() {
  const place = $('#help-place'), isLost = $('#sign-out').disabled;
  await loadPart('/driver/parts/help', place);
  wireLook(place);
  for (const button of place.querySelectorAll('[data-look=lang]')) {
    button.disabled = isLost;
  }
  startRights();
}
