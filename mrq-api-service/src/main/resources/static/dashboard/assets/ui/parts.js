// Small parts that many pages use.

import { html, nothing } from 'lit-html';
import { ago, exact } from '../format.js';
import { icon } from './icons.js';
import { say } from './toasts.js';

const TONES = {
  success: 'good', started: 'good',
  failed: 'bad', timeout: 'bad', maxretries: 'bad', maxconcurrency: 'bad', interrupt: 'bad',
  cancel: 'warn', abort: 'warn', retry: 'warn',
  queued: 'wait', delayed: 'wait',
};

/** The colour of a status. */
export const tone = (status) => TONES[status] ?? 'plain';

/** The status of a job as it is shown. */
export const statusOf = (job) => (job.delayed ? 'delayed' : job.status);

export function badge(status) {
  return html`<span class="badge ${tone(status)} ${status === 'started' ? 'started' : ''}">${status}</span>`;
}

/** A relative time with the whole date as its title. */
export function time(date) {
  return date ? html`<time datetime=${date} title=${exact(date)}>${ago(date)}</time>` : html`<span class="muted">–</span>`;
}

export const TONE_ICONS = { bad: 'exceptions', warn: 'exceptions', good: 'check', info: 'info' };

export function notice(kind, title, text, extra = nothing) {
  return html`<div class="notice ${kind}" role=${kind === 'bad' ? 'alert' : 'status'}>
    ${icon(TONE_ICONS[kind] ?? 'info')}
    <div class="grow"><strong>${title}</strong>${text ? html`<div class="muted">${text}</div>` : nothing}</div>
    ${extra}
  </div>`;
}

/** An error while loading, with a button to retry. */
export function failure(problem, again) {
  return notice('bad', problem.title ?? 'Something went wrong', problem.detail ?? problem.message,
    html`<button class="button small" type="button" @click=${again}>Try again</button>`);
}

/** An empty list: says what will appear here and how to fill it. */
export function empty(title, text, command = null) {
  return html`<div class="empty"><h2>${title}</h2><p>${text}</p>${command ? snippet(command) : nothing}</div>`;
}

export function snippet(text) {
  return html`<div class="snippet">
    <pre tabindex="0" aria-label="Command">${text}</pre>
    <button class="icon-button small" type="button" title="Copy" aria-label="Copy" @click=${() => copy(text)}>${icon('copy')}</button>
  </div>`;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    say('The browser did not allow access to the clipboard; select the text and copy it yourself.', 'bad');
  }
}

/** Grey placeholder lines while rows take a moment to load. */
export function skeleton(rows) {
  return html`<div class="panel"><div class="body stack" aria-hidden="true">
    ${Array.from({ length: rows }, () => html`<span class="skeleton"></span>`)}
  </div></div><p class="visually-hidden" role="status">Loading …</p>`;
}

/** A bar, filled to a share between 0 and 1. */
export function bar(part, label, kind = '') {
  const value = Math.max(0, Math.min(1, part || 0));
  return html`<div class="bar ${kind}" role="img" aria-label=${label} .style=${`--part:${value}`}></div>`;
}

/**
 * A button that says why it cannot be used, instead of being hidden or failing. It ignores further
 * clicks until its action, including its dialog and its request, has finished.
 *
 * @param {{text: unknown, act: () => unknown, why?: string|null, kind?: string, label?: string}} options
 */
export function button({ text, act, why = null, kind = '', label = undefined }) {
  return html`<button type="button" class="button ${kind}" aria-disabled=${why ? 'true' : 'false'} title=${why ?? label ?? nothing}
    aria-label=${label ?? nothing} @click=${(event) => press(event, why, act)}>${text}</button>`;
}

async function press(event, why, act) {
  const element = event.currentTarget;
  event.stopPropagation();
  if (event.detail > 1) {
    // The second half of a double click, which may come after the first request has finished.
    return;
  }
  if (why) {
    say(why, 'bad');
  } else if (!element.hasAttribute('aria-busy')) {
    element.setAttribute('aria-busy', 'true');
    try {
      await act();
    } finally {
      element.removeAttribute('aria-busy');
    }
  }
}

/** How to enqueue a first job by hand. */
export function enqueueCommand(queue = null) {
  const body = queue ? { path: 'mrq.tasks.Echo', params: { hello: 'world' }, queue } : { path: 'mrq.tasks.Echo', params: { hello: 'world' } };
  return `curl ${new URL('../api/v1/jobs', document.baseURI)} -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'`;
}
