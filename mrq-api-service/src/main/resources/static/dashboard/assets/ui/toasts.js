// Short messages at the edge of the screen; running bulk actions keep theirs until they end.

import { html, nothing, render } from 'lit-html';
import { openDialog } from './dialogs.js';
import { icon } from './icons.js';

const SHORT_MILLIS = 5000;
const toasts = new Map();
/** What was hidden by hand: it does not come back when it changes. */
const hidden = new Set();
let place = null;

/** Says one sentence for a few seconds. */
export function say(text, kind = '') {
  const id = Symbol(text);
  show(id, html`<div class="row"><span class="grow">${text}</span></div>`, kind);
  window.setTimeout(() => dismiss(id), kind === 'bad' ? 2 * SHORT_MILLIS : SHORT_MILLIS);
}

/** Shows a toast, or changes the one with this id, until it is dismissed or hidden. */
export function show(id, content, kind = '') {
  if (!hidden.has(id)) {
    toasts.set(id, { content, kind });
    draw();
  }
}

export function dismiss(id) {
  toasts.delete(id);
  hidden.delete(id);
  draw();
}

function hide(id) {
  dismiss(id);
  hidden.add(id);
}

/** All but an open dialog lies under its backdrop and takes no clicks. */
function settle() {
  const home = openDialog() ?? document.body;
  if (place && place.parentElement !== home) {
    home.append(place);
  }
}

function draw() {
  if (!place) {
    place = document.createElement('div');
    place.className = 'toasts';
    place.setAttribute('role', 'region');
    place.setAttribute('aria-label', 'Messages');
    document.addEventListener('mrq:dialog', settle);
  }
  settle();
  render(
    [...toasts].map(([id, { content, kind }]) => html`<div class="toast ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}>
      ${content}
      ${typeof id === 'symbol' ? nothing : html`<button class="visually-hidden" type="button" @click=${() => hide(id)}>${icon('close')} Hide</button>`}
    </div>`),
    place,
  );
}
