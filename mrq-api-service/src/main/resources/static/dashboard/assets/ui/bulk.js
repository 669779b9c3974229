// Bulk actions: how many it will be, a question, then progress with a stop until it ends.

import { html, nothing } from 'lit-html';
import { get, post } from '../api.js';
import { count, jobs } from '../format.js';
import { link } from '../router.js';
import { ask } from './dialogs.js';
import { bar } from './parts.js';
import { dismiss, say, show } from './toasts.js';

const TYPE_ABOVE = 1000;
const POLL_MILLIS = 500;
const KEEP_MILLIS = 8000;
const WORDS = {
  requeue: { verb: 'Requeue', doing: 'Requeueing', done: 'requeued', text: 'They go to the tail of their queues and run again, with all their retries before them.' },
  cancel: { verb: 'Cancel', doing: 'Cancelling', done: 'cancelled', text: 'They will not run. Running jobs are left alone.' },
};

/**
 * Asks and starts; answers when the action has been started, or was not wanted.
 *
 * @param {'requeue'|'cancel'} kind
 * @param {object} filter as POST /actions takes it
 * @param {string} what the jobs in words
 */
export async function bulk(kind, filter, what) {
  const words = WORDS[kind];
  let preview;
  try {
    preview = (await post('actions/preview', { kind, filter })).count;
  } catch (problem) {
    say(problem.message, 'bad');
    return;
  }
  if (preview === 0) {
    say(`There is nothing to ${kind}: no job of this filter may be moved now.`);
    return;
  }
  const wanted = await ask(`${words.verb} ${jobs(preview)}?`, (dialog) => question(words, preview, what, dialog));
  if (wanted) {
    try {
      follow(await post('actions', { kind, filter }));
    } catch (problem) {
      say(problem.message, 'bad');
    }
  }
}

function question(words, preview, what, { close }) {
  let typed = '';
  const mustType = preview > TYPE_ABOVE;
  const go = () => {
    if (!mustType || typed.replace(/\D/g, '') === String(preview)) {
      close(true);
    } else {
      say(`Type ${count(preview)} to confirm.`, 'bad');
    }
  };
  return html`
    <p>${what}</p>
    <p class="muted">${words.text}</p>
    ${mustType
      ? html`<div class="field"><label for="typed">Type <b class="number">${count(preview)}</b> to confirm</label>
          <input class="input number" id="typed" inputmode="numeric" autocomplete="off" autofocus
            @input=${(event) => { typed = event.target.value; }} @keydown=${(event) => { if (event.key === 'Enter') { go(); } }}></div>`
      : nothing}
    <div class="foot">
      <button class="button" type="button" @click=${() => close(null)}>Back</button>
      <button class="button ${words.verb === 'Cancel' ? 'danger' : 'main-act'}" type="button" ?autofocus=${!mustType} @click=${go}>${words.verb} ${jobs(preview)}</button>
    </div>`;
}

/** Shows the progress of an action until it ends. */
export async function follow(action) {
  const words = WORDS[action.kind];
  let now = action;
  while (now.status === 'waiting' || now.status === 'running') {
    progress(now, words);
    await new Promise((resolve) => { window.setTimeout(resolve, POLL_MILLIS); });
    try {
      now = await get(`actions/${action.id}`);
    } catch {
      // It goes on without us; the next look tells.
    }
  }
  ended(now, words);
}

function progress(action, words) {
  const through = action.moved + action.skipped;
  const waiting = action.status === 'waiting';
  show(action.id, html`<div class="row">
      <span class="grow">${waiting ? `${words.verb} ${jobs(action.total)}: waiting for a scheduler` : `${words.doing} ${count(through)} of ${jobs(action.total)}`}</span>
      <button class="button small" type="button" @click=${() => stop(action)}>Stop</button>
    </div>${bar(action.total ? through / action.total : 0, `${through} of ${action.total}`)}`);
}

async function stop(action) {
  try {
    await post(`actions/${action.id}/stop`);
  } catch (problem) {
    say(problem.message, 'bad');
  }
}

function ended(action, words) {
  const failed = action.status === 'failed';
  const text = failed
    ? `Stopped by a fault after ${jobs(action.moved)}: ${action.error ?? 'see the scheduler\'s log'}`
    : `${jobs(action.moved)} ${words.done}${action.skipped ? `, ${count(action.skipped)} skipped` : ''}${action.status === 'stopped' ? ', then stopped' : ''}.`;
  show(action.id, html`<div class="row"><span class="grow">${text}</span><a href=${link('actions')}>Details</a></div>`, failed ? 'bad' : '');
  window.setTimeout(() => dismiss(action.id), KEEP_MILLIS);
}
