// The menu: language, theme, signing out. Loaded when it is opened first.

import { $, setText } from '../shared/dom.js';
import { wireLook } from '../shared/look.js';
import { signOut } from '../shared/session.js';
import { t } from '../shared/words.js';
import { isLinked } from './linked.js';
import { forgetVehicles } from './vehicles.js';

const menu = $('#menu');

document.addEventListener('click', event => menu.contains(event.target) || menu.removeAttribute('open'));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && menu.open) {
    menu.open = false;
    $('summary', menu).focus();
  }
});
$('#sign-out').addEventListener('click', async () => {
  try {
    if (isLinked()) {
      await (await import('./forgetting.js')).forget();
    }
    await signOut();
    forgetVehicles();
  } catch {
    setText($('#who'), t('driver.notSignedOut'));
  }
});
wireLook(menu);
