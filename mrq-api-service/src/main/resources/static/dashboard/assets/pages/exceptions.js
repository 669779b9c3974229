import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get } from '../api.js';
import { brief, count, jobs } from '../format.js';
import { Page } from '../page.js';
import { here, link } from '../router.js';
import { forbidden } from '../ui/act.js';
import { bulk } from '../ui/bulk.js';
import { FilterBar } from '../ui/filter.js';
import { icon } from '../ui/icons.js';
import { button, empty, time } from '../ui/parts.js';
import { trace } from '../ui/values.js';

/** Ended for good, or failed and waiting for another try. */
const VIEWS = {
  failed: ['failed', 'timeout', 'maxretries', 'maxconcurrency'],
  retrying: ['retry', 'interrupt'],
};

/** Failed jobs grouped by task, exception and where it was thrown (UI-08). */
export class ExceptionsPage extends Page {
  title = 'Exceptions';
  #filter = new FilterBar('exceptions', ['path', 'queue'], () => this.draw());
  #open = null;
  #sample = null;
  #known = null;
  #fresh = new Set();

  get view() {
    return here().query.get('view') === 'retrying' ? 'retrying' : 'failed';
  }

  async load(signal) {
    const view = this.view;
    const found = await get('exceptions', { ...this.#filter.query(), status: VIEWS[view].join(',') }, signal);
    this.#note(found.items, view);
    return found;
  }

  /** Groups that were not there a moment ago are shown to be new. */
  #note(items, view) {
    const keys = new Set(items.map(keyOf));
    const comparable = this.#known?.view === view && this.#known.address === location.search;
    this.#fresh = comparable ? new Set([...this.#fresh, ...[...keys].filter((key) => !this.#known.keys.has(key))]) : new Set();
    this.#known = { view, keys, address: location.search };
  }

  moved() {
    this.#known = null;
    super.moved();
  }

  tools() {
    const item = (view, text) => html`<a href=${link('exceptions', { ...this.#filter.query(), view: view === 'failed' ? null : view })} aria-current=${this.view === view ? 'true' : 'false'}>${text}</a>`;
    return html`<nav class="segments" aria-label="Which failures">${item('failed', 'Failed for good')}${item('retrying', 'Will be retried')}</nav>`;
  }

  content() {
    const { items, more } = this.data;
    const all = items.reduce((sum, group) => sum + group.count, 0);
    return html`
      ${this.#filter.template()}
      ${items.length === 0 ? this.#nothing() : html`
        <p class="muted" role="status">${jobs(all)} in ${count(items.length)} ${items.length === 1 ? 'group' : 'groups'}${more ? '; the largest are shown, filter to see others' : ''}</p>
        <div class="groups">${repeat(items, keyOf, (group) => this.#group(group))}</div>`}`;
  }

  #nothing() {
    const [title, text] = this.#filter.isSet
      ? ['No failure matches', 'Remove a condition to see others.']
      : this.view === 'retrying'
        ? ['Nothing waits for a retry', 'A job that fails with retries left waits here for its next attempt. Here you can run it at once or cancel it.']
        : ['No failed jobs', 'When a task throws, its job is kept with the whole stack trace and appears here at once, grouped by task and exception. From a group you requeue all its jobs when the cause is mended.'];
    return html`<section class="panel">${empty(title, text)}</section>`;
  }

  #group(group) {
    const key = keyOf(group);
    const open = this.#open === key;
    const history = group.history ?? [];
    const recent = history.reduce((sum, n) => sum + n, 0);
    return html`<article class="group ${this.#fresh.has(key) ? 'fresh' : ''}" aria-label="${group.exceptiontype} in ${group.path}">
      <div class="group-row">
        <div class="count ${this.view === 'retrying' ? 'waiting' : ''}">${brief(group.count)}<small>${group.count === 1 ? 'job' : 'jobs'}</small></div>
        <div class="what">
          <div><span class="type">${group.exceptiontype}</span> <span class="path">${group.path}</span></div>
          <div class="message" title=${group.message ?? ''}>${sentence(group)}</div>
          ${group.frame ? html`<span class="frame" title=${group.frame}>${group.frame}</span>` : nothing}
        </div>
        <div class="history">
          <mrq-spark class="chart spark" tone=${this.view === 'retrying' ? 'warn' : 'bad'} role="img" aria-label="${count(recent)} in the last 24 hours, hour by hour: ${history.join(', ')}"
            .data=${[history.map((_, at) => at), history]}></mrq-spark>
          <span class="spark-caption">24 hours: ${brief(recent)}</span>
        </div>
        <div class="when"><b>last ${time(group.last_seen)}</b><br>first ${time(group.first_seen)}</div>
        <div class="acts">${this.#acts(group, key, open)}</div>
      </div>
      ${open ? this.#sampled(group) : nothing}
    </article>`;
  }

  #acts(group, key, open) {
    const filter = filterOf(group, VIEWS[this.view], this.#filter.query());
    const what = `All jobs of ${group.path} that ended with ${group.exceptiontype}${group.frame ? ` at ${group.frame}` : ''}.`;
    return html`
      <button class="button small" type="button" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.#toggle(group, key)}>Trace</button>
      <a class="button small" href=${link('jobs', filter)}>Jobs</a>
      ${button({ text: html`${icon('requeue')} Requeue ${brief(group.count)}`, kind: 'small main-act', why: forbidden(), act: () => bulk('requeue', filter, what) })}
      ${button({ text: 'Cancel', kind: 'small danger', label: `Cancel ${jobs(group.count)}`,
        why: forbidden() ?? (this.view === 'failed' ? 'These jobs have ended: there is nothing left to cancel. They are deleted when their time is up.' : null),
        act: () => bulk('cancel', filter, what) })}`;
  }

  async #toggle(group, key) {
    this.#open = this.#open === key ? null : key;
    this.#sample = null;
    this.draw();
    if (this.#open) {
      try {
        this.#sample = { job: await get(`jobs/${group.sample}`) };
      } catch (problem) {
        this.#sample = { problem };
      }
      this.draw();
    }
  }

  #sampled(group) {
    const sample = this.#sample;
    if (!sample) {
      return html`<div class="sample"><span class="skeleton"></span></div>`;
    }
    if (sample.problem) {
      return html`<div class="sample muted">${sample.problem.message}</div>`;
    }
    const text = sample.job.traceback ?? sample.job.traceback_history?.at(-1)?.traceback;
    return html`<div class="sample">
      <div class="caption"><span>A sample: <a href=${link('jobs', {}, group.sample)} class="mono">${group.sample}</a></span>
        <span>queue ${sample.job.queue}</span><span>attempt ${sample.job.attempt}</span></div>
      ${text ? trace(text) : html`<p class="muted">This job has no trace.</p>`}
    </div>`;
  }
}

const keyOf = (group) => JSON.stringify([group.path, group.exceptiontype, group.fingerprint ?? null]);

/** What was said, without the type that stands beside it. */
function sentence({ message = '', exceptiontype }) {
  const colon = message.indexOf(': ');
  return colon > 0 && message.slice(0, colon).endsWith(exceptiontype) ? message.slice(colon + 2) : message;
}

/** The group as a filter of jobs, the page's own conditions included. */
function filterOf(group, statuses, query) {
  const filter = { status: statuses, path: group.path, exceptiontype: group.exceptiontype };
  if (group.fingerprint) {
    filter.fingerprint = group.fingerprint;
  }
  if (query.queue) {
    [filter.queue] = query.queue;
  }
  return filter;
}
