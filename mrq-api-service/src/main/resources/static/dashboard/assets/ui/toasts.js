// Short messages at the edge of the screen; the message of a bulk action stays until the action ends.

import { html, nothing, render } from 'lit-html';
import { openDialog } from './dialogs.js';
import { icon } from './icons.js';

const SHORT_MILLIS = 5000;
const toasts = new Map();
/** Messages that the user has hidden: they do not come back when they change. */
const hidden = new Set();
let place = null;

/** Shows a message for a few seconds. */
export function say(text, kind = '') {
  const id = Symbol(text);
  show(id, html`<div class="row"><span class="grow">${text}</span></div>`, kind);
  window.setTimeout(() => dismiss(id), kind === 'bad' ? 2 * SHORT_MILLIS : SHORT_MILLIS);
}

/** Shows a message, or changes the one with this id, until it is dismissed or hidden. */
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

/** While a dialog is open, messages must be inside it, because its backdrop takes all clicks. */
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
