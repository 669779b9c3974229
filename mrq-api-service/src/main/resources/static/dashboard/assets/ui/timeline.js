// The life of a job, from what its document tells.

import { html, nothing } from 'lit-html';
import { between, duration } from '../format.js';
import { badge, time, tone } from './parts.js';
import { trace } from './values.js';

/** @param {object} job as the API shows it @param {string} created its first moment */
export function timeline(job, created) {
  const steps = stepsOf(job, created);
  return html`<ol class="timeline">${steps.map((step, at) => html`<li class=${step.kind}>
    <div>${step.what} <span class="muted small">${time(step.date)}</span></div>
    ${step.text ? html`<div class="small">${step.text}</div>` : nothing}
    ${step.trace ? html`<details><summary>Trace of this attempt</summary>${trace(step.trace)}</details>` : nothing}
    ${at + 1 < steps.length ? gap(step.date, steps[at + 1].date) : nothing}
  </li>`)}</ol>`;
}

function gap(from, to) {
  const seconds = between(from, to);
  return seconds !== null && seconds >= 0.001 ? html`<div class="gap">${duration(seconds)} later</div>` : nothing;
}

function stepsOf(job, created) {
  const history = job.traceback_history ?? [];
  const steps = [{ kind: 'wait', what: 'Enqueued', date: created }];
  history.forEach((attempt, at) => {
    const last = at === history.length - 1 && attempt.traceback === job.traceback;
    steps.push({
      kind: tone(attempt.status),
      what: html`${badge(attempt.status)} ${attempt.exceptiontype ?? ''}`,
      date: attempt.date,
      text: attempt.worker ? html`on <span class="mono">${attempt.worker}</span>` : null,
      trace: last ? null : attempt.original_traceback ?? attempt.traceback,
    });
  });
  if (job.datequeued && Math.abs(between(created, job.datequeued)) > 1) {
    steps.push({ kind: 'wait', what: 'Put into the queue', date: job.datequeued, text: job.queue });
  }
  if (job.datestarted) {
    steps.push({ kind: 'good', what: `Attempt ${job.attempt} started`, date: job.datestarted, text: job.worker ? html`on <span class="mono">${job.worker}</span>` : null });
  }
  if (job.status === 'retry') {
    steps.push({ kind: 'warn', what: job.delayed ? 'Due' : 'Next attempt', date: job.dateretry });
  } else if (!['queued', 'started', 'interrupt', history.at(-1)?.status].includes(job.status)) {
    steps.push({ kind: tone(job.status), what: badge(job.status), date: job.dateupdated, text: job.totaltime === undefined ? null : `took ${duration(job.totaltime)}` });
  }
  // Sorting is stable: of two steps of one moment the one that was told first comes first.
  return steps.filter((step) => step.date).sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
}
