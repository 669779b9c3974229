import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { address, get, post } from '../api.js';
import { stringify } from '../exact.js';
import { count, duration, exact, percent, stamp } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import '../ui/follow.js';
import { foreign } from '../ui/foreign.js';
import { icon } from '../ui/icons.js';
import { badge, bar, button, copy, failure, statusOf, time } from '../ui/parts.js';
import { timeline } from '../ui/timeline.js';
import { jsonPanel, trace } from '../ui/values.js';
import { dateOf } from './jobs.js';

const WAITING = ['queued', 'retry', 'interrupt'];
const FAILED = ['failed', 'timeout', 'maxretries', 'maxconcurrency'];
/** Final statuses that are not failures, with the text of the dialog before such a job runs again. */
const AGAIN = { success: 'It succeeded', cancel: 'It was cancelled', abort: 'It aborted itself' };
const LOG_PAGE = 500;
const MAX_LINES = 5000;
const SHOWN_CHILDREN = 10;

/** Everything about one job. */
export class JobPage extends Page {
  title = 'Job';
  #lines = [];
  #cursor = null;
  #children = [];

  async load(signal) {
    const [job, logs, children] = await Promise.all([
      get(`jobs/${this.id}`, {}, signal),
      get(`jobs/${this.id}/logs`, this.#cursor ? { after: this.#cursor, limit: LOG_PAGE } : { tail: LOG_PAGE }, signal),
      get('jobs', { parent: this.id, limit: SHOWN_CHILDREN, view: 'summary' }, signal),
    ]);
    this.#lines = [...this.#lines, ...logs.items].slice(-MAX_LINES);
    this.#cursor = logs.next ?? this.#cursor;
    this.#children = children.items;
    this.title = job.path;
    return job;
  }

  render() {
    if (!this.data) {
      return super.render();
    }
    return html`<div class="stack">
      ${this.problem ? failure(this.problem, () => this.reload()) : nothing}
      ${this.#head(this.data)}${this.content()}</div>`;
  }

  #head(job) {
    return html`<header class="job-head">
      <div class="line"><a class="small" href=${link('jobs')}>Jobs</a><span class="muted small mono">${job.id}</span>
        <button class="icon-button small" type="button" title="Copy the id" aria-label="Copy the id" @click=${() => copy(job.id)}>${icon('copy')}</button></div>
      <div class="line"><h1>${foreign(job.path)}</h1>${badge(statusOf(job))}
        ${job.exceptiontype && job.status !== 'success' ? html`<a href=${link('jobs', { status: job.status, path: job.path, exceptiontype: job.exceptiontype })}>${foreign(job.exceptiontype)}</a>` : nothing}
        <span class="tools line">${this.#acts(job)}</span></div>
      ${job.status === 'queued' && String(job.lane ?? '').startsWith('?') ? html`<div class="line careful">It is parked: the worker that had it does not know its task. It waits for one of ${foreign(job.queue)} that does, and has used up no attempt. <a href=${link('tasks', {}, job.path)}>Who knows it?</a></div>` : nothing}
      ${job.status === 'started' && job.progress !== undefined ? html`<div class="line">${bar(job.progress, `${percent(job.progress)} done`)}<span class="number">${percent(job.progress)}</span></div>` : nothing}
    </header>`;
  }

  /** Why no action on this job is possible, or null. */
  get #whyNot() {
    return forbidden() ?? (this.isRefused ? 'This is the last known state of the job; the server no longer shows it.' : null);
  }

  #acts(job) {
    const running = job.status === 'started';
    const waiting = WAITING.includes(job.status);
    const again = AGAIN[job.status];
    return html`
      ${again
        ? button({ text: html`${icon('requeue')} Run again…`, kind: 'small', act: () => this.#runAgain(job, again), why: this.#whyNot })
        : button({ text: html`${icon('requeue')} ${waiting && job.status !== 'queued' ? 'Run now' : 'Requeue'}`, kind: FAILED.includes(job.status) ? 'small main-act' : 'small', act: () => this.#requeue(),
          why: this.#whyNot ?? (running ? 'It is running: cancel it, or wait until it has finished.' : job.status === 'queued' ? 'It is already waiting for a worker.' : null) })}
      ${button({ text: 'Cancel', kind: 'small danger', act: () => this.#cancel(running),
        why: this.#whyNot ?? (running || waiting ? null : 'It has finished: there is nothing to cancel.') })}
      <button class="button small" type="button" @click=${() => copy(asCurl(job))}>${icon('copy')} Copy as cURL</button>`;
  }

  /** Requeues a job that did not fail, after a dialog that says what it did. */
  async #runAgain(job, did) {
    const sure = await confirm({
      title: 'Run this job again?',
      text: html`<p class="careful"><b>${did} ${time(job.dateupdated)}.</b> ${job.status === 'success' ? 'What it did will happen again.' : job.attempt ? 'What it had done by then will happen again.' : 'It had not started.'}</p>
        <p class="muted">It is put at the tail of its queue ${foreign(job.queue)}.</p>`,
      act: 'Run it again',
      careful: true,
    });
    if (sure) {
      await this.#requeue();
    }
  }

  async #requeue() {
    if (await act(() => post(`jobs/${this.id}/requeue`), 'Requeued: it is now at the tail of its queue.')) {
      this.refresh();
    }
  }

  async #cancel(running) {
    const sure = await confirm({
      title: 'Cancel this job?',
      text: running ? 'It is running: its worker interrupts it within a few seconds. What it has done so far is not undone.' : 'It will not run. It can be requeued later.',
      act: 'Cancel the job',
      danger: true,
    });
    if (sure && await act(() => post(`jobs/${this.id}/cancel`, undefined, running ? { running: true } : {}), running ? 'Cancelled: its worker interrupts it.' : 'Cancelled.')) {
      this.refresh();
    }
  }

  content() {
    const job = this.data;
    return html`
      <section class="panel"><div class="body">${facts(job)}</div></section>
      <div class="split">
        <div class="stack">
          ${job.traceback ? html`<section class="panel"><header><h2>${job.status === 'success' ? 'Last failure' : 'Failure'}</h2>
            <div class="tools"><button class="icon-button small" type="button" title="Copy the trace" aria-label="Copy the trace" @click=${() => copy(job.traceback)}>${icon('copy')}</button></div></header>
            <div class="body">${trace(job.traceback)}</div></section>` : nothing}
          ${this.#logs(job)}
          ${jsonPanel('Parameters', job.params, 'none')}
          ${jsonPanel('Result', job.result, noResult(job.status))}
        </div>
        <div class="stack">
          <section class="panel"><header><h2>Timeline</h2></header><div class="body">${timeline(job, dateOf(job.id))}</div></section>
          ${this.#family()}
        </div>
      </div>`;
  }

  #logs(job) {
    const lines = this.#lines;
    return html`<section class="panel"><header><h2>Log</h2>${job.status === 'started' ? html`<span class="badge good started">following</span>` : nothing}
        ${lines.length >= LOG_PAGE ? html`<div class="tools"><a class="small" href=${address(`jobs/${this.id}/logs`)} target="_blank" rel="noopener">The whole log</a></div>` : nothing}</header>
      <div class="body log-box">${lines.length === 0
        ? html`<p class="muted">Nothing has been logged. What a task logs through SLF4J appears here within a second.</p>`
        : html`<mrq-follow class="logs" tabindex="0" role="region" aria-label="Log lines"><ol>${repeat(lines, (line) => line, (line) => html`<li><span class="muted" title=${exact(line.at)}>${stamp(line.at)}</span><span class=${line.level ?? ''}>${line.level ?? ''}</span><span class="message">${foreign(line.message)}</span></li>`)}</ol></mrq-follow>
          <button class="pill" type="button" @click=${(event) => event.currentTarget.previousElementSibling.toEnd()}>Newest lines</button>`}
      </div></section>`;
  }

  #family() {
    const { parent } = this.data;
    if (!parent && this.#children.length === 0) {
      return nothing;
    }
    return html`<section class="panel"><header><h2>Parent and children</h2></header><div class="body stack">
      ${parent ? html`<p>Enqueued by <a class="mono" href=${link('jobs', {}, parent)}>${parent}</a></p>` : nothing}
      ${this.#children.length ? html`<ul class="ranked">${this.#children.map((child) => html`<li><a href=${link('jobs', {}, child.id)}>${foreign(child.path)}</a>${badge(statusOf(child))}</li>`)}</ul>
        <a class="small" href=${link('jobs', { parent: this.id })}>All children</a>` : nothing}
    </div></section>`;
  }
}

function facts(job) {
  const fact = (name, value) => (value === undefined || value === null ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<dl class="facts">
    ${fact('Queue', html`<a href=${link('jobs', { queue: job.queue })}>${foreign(job.queue)}</a>`)}
    ${fact('Enqueued', time(dateOf(job.id)))}
    ${fact('Started', job.datestarted ? time(job.datestarted) : null)}
    ${fact('Last run took', job.totaltime === undefined ? null : duration(job.totaltime))}
    ${fact('Attempts', count(job.attempt))}
    ${fact('Retries', job.retry_count ? `${count(job.retry_count)}${job.max_retries === undefined ? '' : ` of ${count(job.max_retries)}`}` : null)}
    ${fact('Crashes', job.crashes ? html`<span class="badge bad">${count(job.crashes)}</span>` : null)}
    ${fact('Priority', job.priority || null)}
    ${fact('Due', job.dateretry ? time(job.dateretry) : null)}
    ${fact('Worker', job.worker ? html`<a class="mono small" href=${link('jobs', { worker: job.worker })}>${job.worker}</a>` : null)}
    ${fact('Will be deleted', job.dateexpires ? time(job.dateexpires) : null)}
    ${fact('Trace', job.trace ? html`<span class="mono small">${traceId(job.trace)}</span>` : null)}
  </dl>`;
}

function noResult(status) {
  return status === 'success' ? 'The task returned nothing.' : [...WAITING, 'started'].includes(status) ? 'There is no result yet.' : 'It ended without a result.';
}

const traceId = (context) => (typeof context === 'string' ? context : context.traceparent ?? '').split('-')[1] ?? '';

/** The command that enqueues the same job again, safe to paste into a shell. */
export function asCurl(job) {
  const body = { path: job.path, params: job.params ?? {}, queue: job.queue };
  for (const name of ['priority', 'max_retries']) {
    if (job[name]) {
      body[name] = job[name];
    }
  }
  for (const name of ['timeout', 'ttl']) {
    if (job[name] !== undefined) {
      body[name] = `${Math.round(job[name] * 1000)}ms`;
    }
  }
  const quoted = stringify(body).replaceAll("'", String.raw`'\''`);
  return `curl ${address('jobs')} -H 'Content-Type: application/json' -d '${quoted}'`;
}
