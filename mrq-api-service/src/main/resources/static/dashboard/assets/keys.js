// Keyboard shortcuts: single letters, except while somebody types.

import { html } from 'lit-html';
import { go, link } from './router.js';
import { ask, openDialog } from './ui/dialogs.js';

const PLACES = { o: 'overview', e: 'exceptions', j: 'jobs', q: 'queues', w: 'workers', t: 'tasks', r: 'recurring', a: 'actions', l: 'audit' };
const WAIT_MILLIS = 1200;
/** Keys that repeat while they are held down. */
const STEPS = new Set(['j', 'k']);
const NEVER = Number.NEGATIVE_INFINITY;
const HELP = [
  ['/', 'filter'],
  ['g then o e j q w t r a l', 'go to overview, exceptions, jobs, queues, workers, tasks, recurring jobs, actions, audit log'],
  ['j k', 'next, previous job; Escape leaves the list'],
  ['x', 'select the job'],
  ['Enter', 'open the job'],
  ['r c', 'requeue, cancel the selected jobs, or the job with the focus'],
  ['p', 'pause or resume the live view'],
  ['?', 'this help'],
];

/** @param {() => Record<string, () => void>} ofPage the keys of the page that is shown @param {() => void} pause */
export function listen(ofPage, pause) {
  let gone = NEVER;
  // A key that is held down counts once; otherwise it would press the button behind a dialog that has closed.
  document.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' && event.target.closest?.('button, a, input, select, summary')) {
      event.preventDefault();
    }
  }, { capture: true });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat && !STEPS.has(event.key) || event.metaKey || event.ctrlKey || event.altKey || openDialog()) {
      return;
    }
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]') && event.target.type !== 'checkbox';
    if (typing || (event.key === 'Enter' && event.target.closest?.('a, button, summary'))) {
      return;
    }
    const act = performance.now() - gone < WAIT_MILLIS && PLACES[event.key] ? () => go(link(PLACES[event.key])) : keys(ofPage, pause)[event.key];
    gone = event.key === 'g' ? performance.now() : NEVER;
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function keys(ofPage, pause) {
  return {
    '/': () => document.getElementById('filter')?.focus(),
    '?': help,
    p: pause,
    ...ofPage(),
  };
}

export function help() {
  return ask('Keyboard', ({ close }) => html`
    <dl>${HELP.map(([key, text]) => html`<dt>${key.split(' ').map((one) => (one === 'then' ? ' then ' : html`<kbd>${one}</kbd> `))}</dt><dd>${text}</dd>`)}</dl>
    <div class="foot"><button class="button" type="button" autofocus @click=${() => close(null)}>Close</button></div>`);
}
