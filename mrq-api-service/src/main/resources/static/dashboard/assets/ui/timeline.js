// The history of a job, from its document.

import { html, nothing } from 'lit-html';
import { between, duration } from '../format.js';
import { foreign } from './foreign.js';
import { badge, time, tone } from './parts.js';
import { trace } from './values.js';

/** @param {object} job as the API shows it @param {string} created the second in which it was first enqueued */
export function timeline(job, created) {
  const steps = stepsOf(job, created);
  return html`<ol class="timeline">${steps.map((step, at) => html`<li class=${step.kind}>
    <div>${step.what} <span class="muted small">${time(step.date)}</span></div>
    ${step.text ? html`<div class="small">${step.text}</div>` : nothing}
    ${step.trace ? html`<details><summary>Trace of this attempt</summary>${trace(step.trace)}</details>` : nothing}
    ${at + 1 < steps.length ? gap(step, steps[at + 1]) : nothing}
  </li>`)}</ol>`;
}

function gap(from, to) {
  const seconds = between(from.date, to.date);
  // A time that is known only to the second cannot show shorter durations.
  const least = from.rough || to.rough ? 1 : 0.001;
  return seconds !== null && seconds >= least ? html`<div class="gap">${from.rough || to.rough ? `about ${duration(Math.round(seconds))}` : duration(seconds)} later</div>` : nothing;
}

function stepsOf(job, created) {
  const history = job.traceback_history ?? [];
  // The id contains whole seconds; unless the job was requeued, the exact time is known.
  const first = between(created, job.datequeued);
  const isFirst = history.length === 0 && first !== null && first >= 0 && first < 1;
  const steps = [{ kind: 'wait', what: 'Enqueued', date: isFirst ? job.datequeued : created, rough: !isFirst }];
  history.forEach((attempt, at) => {
    const last = at === history.length - 1 && attempt.traceback === job.traceback;
    steps.push({
      kind: tone(attempt.status),
      what: html`${badge(attempt.status)} ${foreign(attempt.exceptiontype)}`,
      date: attempt.date,
      text: attempt.worker ? html`on <span class="mono">${attempt.worker}</span>` : null,
      trace: last ? null : attempt.original_traceback ?? attempt.traceback,
    });
  });
  if (job.datequeued && !isFirst && (history.length > 0 || Math.abs(first) > 1)) {
    steps.push({ kind: 'wait', what: 'Put into the queue', date: job.datequeued, text: foreign(job.queue) });
  }
  if (job.datestarted) {
    steps.push({ kind: 'good', what: `Attempt ${job.attempt} started`, date: job.datestarted, text: job.worker ? html`on <span class="mono">${job.worker}</span>` : null });
  }
  if (job.status === 'retry') {
    steps.push({ kind: 'warn', what: job.delayed ? 'Due' : 'Next attempt', date: job.dateretry });
  } else if (!['queued', 'started', 'interrupt', history.at(-1)?.status].includes(job.status)) {
    steps.push({ kind: tone(job.status), what: badge(job.status), date: job.dateupdated, text: job.totaltime === undefined ? null : `took ${duration(job.totaltime)}` });
  }
  // Sorting is stable: steps with the same time keep their order.
  return steps.filter((step) => step.date).sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
}
