// Opens a wall screen in this browser, by the code in the address or by one that somebody types.

import { $, setText } from '../shared/dom.js';
import { call, openSession, ProblemError } from '../shared/session.js';
import { t } from '../shared/words.js';

const form = $('#screen-form'), problem = $('#screen-problem'), code = form.elements.code;

async function open() {
  const button = $('button', form);
  button.disabled = true;
  try {
    await post();
    location.replace('/console?wall');
  } catch (error) {
    problem.hidden = false;
    const status = error instanceof ProblemError ? error.status : 500;
    setText(problem, t(status === 429 ? 'screen.tooMany' : status < 500 ? 'screen.notValid' : 'screen.noAnswer'));
    button.disabled = false;
  }
}

/** Where somebody was signed in with this browser, the call needs the token of their session. */
async function post() {
  const content = { code: code.value };
  try {
    await call('POST', '/sign-in/screen', content);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 403) {
      throw error;
    }
    await openSession();
    await call('POST', '/sign-in/screen', content);
  }
}

form.addEventListener('submit', event => {
  event.preventDefault();
  open();
});
if (location.hash.length > 1) {
  code.value = location.hash.slice(1);
  // The code works once: nobody needs it in the history of this browser.
  history.replaceState(null, '', location.pathname);
  open();
}
