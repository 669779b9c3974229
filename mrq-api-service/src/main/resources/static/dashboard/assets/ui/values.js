// Parameters, results and stack traces, shown as text and never as markup.

import { html, nothing } from 'lit-html';
import { Digits, keysOf, stringify } from '../exact.js';
import { foreign, seen } from './foreign.js';
import { icon } from './icons.js';
import { copy } from './parts.js';

const OPEN_DEPTH = 2;
const MANY = 50;

/** A JSON value as a collapsible tree. */
export function json(value) {
  return html`<div class="json">${node(value, 0)}</div>`;
}

function node(value, depth) {
  if (value === null || value === undefined) {
    return html`<span class="none">null</span>`;
  }
  if (typeof value === 'string') {
    return html`<span class="text">"${foreign(value)}"</span>`;
  }
  if (typeof value !== 'object' || value instanceof Digits) {
    return html`<span class="scalar">${String(value)}</span>`;
  }
  const list = Array.isArray(value);
  const entries = list ? Object.entries(value) : keysOf(value).map((key) => [key, value[key]]);
  if (entries.length === 0) {
    return html`<span class="none">${list ? '[ ]' : '{ }'}</span>`;
  }
  const told = list ? `[ ${entries.length} ]` : `{ ${entries.length} }`;
  return html`<details ?open=${depth < OPEN_DEPTH && entries.length <= MANY}>
    <summary>${told}</summary>
    <ul>${entries.map(([key, one]) => html`<li><span class="key">${foreign(key)}</span>: ${node(one, depth + 1)}</li>`)}</ul>
  </details>`;
}

/** A value with its own copy button. */
export function jsonPanel(title, value, none) {
  return html`<section class="panel">
    <header><h2>${title}</h2>
      ${value === undefined
        ? nothing
        : html`<div class="tools"><button class="icon-button small" type="button" title="Copy as JSON" aria-label="Copy ${title} as JSON"
            @click=${() => copy(stringify(value, 2))}>${icon('copy')}</button></div>`}
    </header>
    <div class="body">${value === undefined ? html`<p class="muted">${none}</p>` : json(value)}</div>
  </section>`;
}

const FRAMEWORK = /^\s*at (java|javax|jdk|sun|jakarta|org\.springframework|io\.mrq)[./]/;
const FRAME = /^\s*(at |\.\.\. \d+ (more|common))/;
const CAUSE = /^(Caused by: |\s*Suppressed: )/;

/** A stack trace with its causes and the frames of the task highlighted. */
export function trace(text) {
  const lines = seen(text).split('\n');
  return html`<pre class="trace" tabindex="0" aria-label="Stack trace">${lines.map((line, at) => html`<span class=${lineKind(line, at)}>${line || ' '}</span>`)}</pre>`;
}

function lineKind(line, at) {
  if (at === 0 || CAUSE.test(line)) {
    return 'cause';
  }
  return FRAME.test(line) ? (FRAMEWORK.test(line) || line.includes('...') ? 'frame' : 'own') : '';
}
