// Bulk actions: count the jobs, ask for confirmation, then show the progress with a Stop button.

import { html, nothing } from 'lit-html';
import { get, post } from '../api.js';
import { count, jobs } from '../format.js';
import { link } from '../router.js';
import { ask } from './dialogs.js';
import { outcome } from './outcome.js';
import { bar } from './parts.js';
import { dismiss, say, show } from './toasts.js';

const TYPE_ABOVE = 1000;
const POLL_MILLIS = 500;
const KEEP_MILLIS = 8000;
const OUTCOME_MILLIS = 300_000;
const WORDS = {
  requeue: { verb: 'Requeue', doing: 'Requeueing', done: 'requeued', text: 'They are put at the tail of their queues and run again, with all their retries.' },
  cancel: { verb: 'Cancel', doing: 'Cancelling', done: 'cancelled', danger: true, text: 'They will not run. Running jobs are left alone.' },
};

/**
 * Asks for confirmation and starts the action; returns when it has been started or the user went back.
 *
 * @param {'requeue'|'cancel'} kind
 * @param {object} filter as POST /actions takes it
 * @param {unknown} what describes the jobs in words
 */
export async function bulk(kind, filter, what) {
  const words = WORDS[kind];
  const counted = async (narrower) => (await post('actions/preview', { kind, filter: narrower })).count;
  try {
    const [all, succeeded] = await Promise.all([
      counted(filter),
      kind === 'requeue' && holdsSuccesses(filter) ? counted({ ...filter, status: ['success'] }) : 0,
    ]);
    if (all === 0) {
      say(`There is nothing to ${kind}: no job that matches the filter can be ${words.done} now.`);
    } else if (await sure(words, { all, succeeded, what })) {
      follow(await post('actions', { kind, filter }));
    }
  } catch (problem) {
    say(problem.message, 'bad');
  }
}

const holdsSuccesses = ({ status }) => !status?.length || status.includes('success');

function sure(words, { all, succeeded, what }) {
  let typed = '';
  let wrong = false;
  const mustType = all > TYPE_ABOVE;
  const careful = words.danger || succeeded > 0;
  return ask(`${words.verb} ${jobs(all)}?`, ({ close }) => html`
    <p>${what}</p>
    ${succeeded ? html`<p class="careful"><b>${succeeded < all ? `${count(succeeded)} of them ${succeeded === 1 ? 'has' : 'have'}` : all === 1 ? 'It has' : 'They have'} succeeded:</b> what ${succeeded === 1 ? 'it' : 'they'} did will happen again.${succeeded < all ? ' To leave successful jobs alone, filter by status.' : ''}</p>` : nothing}
    <p class="muted">${words.text}</p>
    ${mustType
      ? html`<div class="field"><label for="typed">Type <b class="number">${count(all)}</b> to confirm</label>
          <input class="input number" id="typed" inputmode="numeric" autocomplete="off" autofocus aria-invalid=${wrong ? 'true' : 'false'}
            aria-describedby=${wrong ? 'typed-wrong' : nothing} @input=${(event) => { typed = event.target.value; }}>
          ${wrong ? html`<p class="complaint" id="typed-wrong" role="alert">That is not ${count(all)}.</p>` : nothing}</div>`
      : nothing}
    <div class="foot">
      <button class="button" type="button" ?autofocus=${careful && !mustType} @click=${() => close(null)}>Back</button>
      <button class="button ${careful ? 'danger' : 'main-act'}" type="submit" ?autofocus=${!careful && !mustType}>${words.verb} ${jobs(all)}</button>
    </div>`, () => {
    wrong = mustType && typed.replace(/\D/g, '') !== String(all);
    return wrong ? undefined : true;
  });
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
      // The action continues on the server; the next request shows its progress.
    }
  }
  ended(now, words);
  await followOutcome(now, words);
  window.setTimeout(() => dismiss(action.id), KEEP_MILLIS);
}

/** Shows what became of requeued jobs, until the last of them has finished or it takes too long. */
async function followOutcome(action, words) {
  const until = performance.now() + OUTCOME_MILLIS;
  let now = action;
  while (now.kind === 'requeue' && now.moved > 0 && performance.now() < until) {
    await new Promise((resolve) => { window.setTimeout(resolve, 2 * POLL_MILLIS); });
    try {
      now = await get(`actions/${action.id}`);
      ended(now, words);
    } catch {
      // The next request shows it.
    }
    if (outcome(now)?.open === 0) {
      return;
    }
  }
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
    ? `Stopped by an error after ${jobs(action.moved)}: ${action.error ?? 'see the scheduler\'s log'}`
    : `${jobs(action.moved)} ${words.done}${action.skipped ? `, ${count(action.skipped)} skipped` : ''}${action.status === 'stopped' ? ', then stopped' : ''}.`;
  const became = outcome(action);
  show(action.id, html`<div class="row"><span class="grow">${text}${became ? html`<span class="became">Since then: ${became.text}.</span>` : nothing}</span><a href=${link('actions')}>Details</a></div>`, failed || became?.failed ? 'bad' : '');
}
