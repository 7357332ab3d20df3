// What is kept of the driver: reading all of it, and erasing it.

import { now } from '../../shared/clock.js';
import { $, setText } from '../../shared/dom.js';
import { call, send, signOut } from '../../shared/session.js';
import { t } from '../../shared/words.js';
import { forgetEverything } from '../forgetting.js';
import { problemIn } from '../problems.js';

/** In milliseconds. It is put together from all that is kept, the back office's part included. */
const ExportLimit = 60_000;

/** In milliseconds: some browsers read the file after the click only. */
const FileLife = 60_000;

/** Makes the buttons work. */
export function startRights() {
  const dialog = $('#erase-dialog'), sure = $('#erase-sure'), yes = $('#erase-yes');
  $('#export').addEventListener('click', exportData);
  $('#erase').addEventListener('click', () => {
    sure.checked = false;
    yes.disabled = true;
    setText($('#erase-error'), '');
    dialog.showModal();
  });
  sure.addEventListener('change', () => {
    yes.disabled = !sure.checked;
  });
  $('#erase-no').addEventListener('click', () => dialog.close());
  dialog.addEventListener('cancel', event => $('#erase-no').disabled && event.preventDefault());
  yes.addEventListener('click', erase);
}

async function exportData() {
  const button = $('#export'), note = $('#export-note');
  button.disabled = true;
  setText(note, t('help.data.working'));
  try {
    const answer = await send('GET', '/v1/me/export', null, undefined, ExportLimit);
    const name = `parking-data-${new Date(now()).toISOString().slice(0, 10)}.json`;
    saveFile(name, await answer.blob());
    setText(note, t('help.data.saved', { name }));
  } catch (error) {
    setText(note, problemIn('help.data.problem', error));
  } finally {
    button.disabled = false;
  }
}

function saveFile(name, content) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(content);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FileLife);
}

/** First at the service: what it refuses leaves everything as it was. Sent again where no answer came, it does no harm. */
async function erase() {
  const buttons = [$('#erase-yes'), $('#erase-no'), $('#erase-sure')], error = $('#erase-error');
  setText(error, '');
  buttons.forEach(button => {
    button.disabled = true;
  });
  try {
    await call('DELETE', '/v1/me');
    await forgetEverything();
    await signOut().catch(() => setText(error, t('help.erase.notSignedOut')));
  } catch (problem) {
    setText(error, problemIn('help.erase.problem', problem));
    error.scrollIntoView({ block: 'center' });
  } finally {
    buttons.forEach(button => {
      button.disabled = false;
    });
  }
}
