// The driver's phones that make codes without a network.

import { $, clone, setList, setText } from '../../shared/dom.js';
import { call } from '../../shared/session.js';
import { day, short } from '../../shared/times.js';
import { t } from '../../shared/words.js';
import { ask } from '../asking.js';
import { paintEmpty } from '../empty-list.js';
import { cityZone } from '../facilities.js';
import { unlink } from '../forgetting.js';
import { DeviceKey } from '../linked.js';
import { problemIn } from '../problems.js';
import { makeList } from './lists.js';

/** Reads the phones, and shows them. */
export const loadDevices = makeList('devices', async () => (await call('GET', '/v1/me/devices')).body.devices, paint);

const isThisPhone = device => device.id === localStorage.getItem(DeviceKey);

/** Those in use first, the one that was used last on top. */
const order = (a, b) => Number(!!a.retiredAt) - Number(!!b.retiredAt) || Date.parse(b.usedAt) - Date.parse(a.usedAt);

function paint(list, devices) {
  if (devices.length === 0) {
    paintEmpty(list, t('help.device.none'));
    return;
  }
  setList(list, [...devices].sort(order), device => device.id, device => {
    const piece = clone('device');
    piece.part.remove.addEventListener('click', () => remove(device));
    return piece;
  }, ({ part }, device) => {
    setText(part.name, device.name);
    part.own.hidden = !isThisPhone(device);
    setText(part.used, t('help.device.used', { time: short(device.usedAt, cityZone()) }));
    setText(part.note, device.retiredAt ? t('help.device.retired', { day: day(device.retiredAt, cityZone()) }) : '');
    part.remove.setAttribute('aria-label', t('help.device.removeOne', { name: device.name }));
  });
}

async function unlinkThis() {
  await unlink();
  await (await import('../offline/offline.js')).paint();
}

async function remove(device) {
  const isThis = isThisPhone(device);
  const isDone = await ask({
    title: t('help.device.removeOne', { name: device.name }),
    text: t(isThis ? 'help.device.removeThis' : 'help.device.removeOther'),
    yes: t('help.device.remove'),
    act: isThis
      ? unlinkThis
      : () => call('DELETE', `/v1/me/devices/${device.id}`),
    wordsOf: error => problemIn('help.device.problem', error),
  });
  if (isDone) {
    // The button goes with its row.
    $('#devices-title').focus();
    loadDevices();
  }
}
