import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get } from '../api.js';
import { brief, count, jobs } from '../format.js';
import { Page } from '../page.js';
import { go, here, link } from '../router.js';
import { forbidden } from '../ui/act.js';
import { bulk } from '../ui/bulk.js';
import { FilterBar } from '../ui/filter.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { icon } from '../ui/icons.js';
import { outcome } from '../ui/outcome.js';
import { button, empty, time } from '../ui/parts.js';
import { trace } from '../ui/values.js';

/** Failed finally, or waiting for a retry. */
const VIEWS = {
  failed: ['failed', 'timeout', 'maxretries', 'maxconcurrency'],
  retrying: ['retry', 'interrupt'],
};

/** The orders of groups that the API offers. */
const SORTS = { count: 'Largest first', last: 'Last failure first', first: 'Most recently appeared first' };
const STEP = 50;
const MAX_GROUPS = 500;
const RECENT_ACTIONS = 20;

/** Failed jobs grouped by task, exception and the place where it was thrown. */
export class ExceptionsPage extends Page {
  title = 'Exceptions';
  #filter = new FilterBar('exceptions', ['path', 'exceptiontype', 'queue'], () => this.draw(), () => this.reload());
  #held = new Held(keyOf, () => this.draw());
  #actions = [];
  #open = null;
  #sample = null;
  #known = null;
  #fresh = new Set();

  get view() {
    return here().query.get('view') === 'retrying' ? 'retrying' : 'failed';
  }

  get sort() {
    return Object.hasOwn(SORTS, here().query.get('sort') ?? '') ? here().query.get('sort') : 'count';
  }

  get shown() {
    return Math.min(MAX_GROUPS, Math.max(STEP, Number.parseInt(here().query.get('show') ?? '', 10) || STEP));
  }

  get why() {
    return this.#filter.why;
  }

  async load(signal) {
    const view = this.view;
    const [found, actions] = await Promise.all([
      get('exceptions', { ...this.#filter.query(), status: VIEWS[view].join(','), sort: this.sort, limit: this.shown }, signal),
      get('actions', { limit: RECENT_ACTIONS }, signal),
    ]);
    this.#note(found.items, view);
    this.#actions = actions.items.filter((action) => action.kind === 'requeue');
    this.#held.take(found.items, location.search);
    return found;
  }

  /** Marks groups that appeared since the last update. */
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

  /** The address of this page with other parameters. */
  #with(other) {
    const { view, sort } = this;
    return link('exceptions', { ...this.#filter.query(), view: view === 'failed' ? null : view, sort: sort === 'count' ? null : sort, ...other });
  }

  tools() {
    const item = (view, text) => html`<a href=${this.#with({ view: view === 'failed' ? null : view })} aria-current=${this.view === view ? 'true' : 'false'}>${text}</a>`;
    return html`<nav class="segments" aria-label="Which failures">${item('failed', 'Failed for good')}${item('retrying', 'Will be retried')}</nav>`;
  }

  above() {
    return this.#filter.template();
  }

  content() {
    const { items } = this.#held;
    return items.length === 0 && this.data.items.length === 0 ? this.#nothing() : html`
      <div class="row-bar"><p class="muted" role="status">${this.#told()}</p>
        <label class="tools">Order <select class="input small" @change=${(event) => go(this.#with({ sort: event.target.value === 'count' ? null : event.target.value }))}>
          ${Object.entries(SORTS).map(([sort, text]) => html`<option value=${sort} ?selected=${sort === this.sort}>${text}</option>`)}</select></label></div>
      <div class="groups held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
        ${this.#held.pill()}
        ${repeat(items, keyOf, (group) => this.#group(group))}</div>
      ${this.data.more && this.shown < MAX_GROUPS ? html`<a class="button" href=${this.#with({ show: this.shown + STEP })}>Show more groups</a>` : nothing}`;
  }

  /** The totals of all groups, including those that are not shown. */
  #told() {
    const { items, jobs: all, groups: known, uncounted } = this.data;
    const groups = (n) => `${count(n)} ${n === 1 ? 'group' : 'groups'}`;
    return `${uncounted ? 'More than ' : ''}${jobs(all)} in ${groups(known)}${uncounted ? ' and smaller ones: filter to see them' : ''}${items.length < known ? `, ${count(items.length)} shown` : ''}`;
  }

  #nothing() {
    const [title, text] = this.#filter.isSet
      ? ['No failure matches', 'Remove a condition to see others.']
      : this.view === 'retrying'
        ? ['Nothing waits for a retry', 'A job that failed and has retries left waits here for its next attempt. You can run it at once or cancel it.']
        : ['No failed jobs', 'When a task throws an exception, its job is kept with the whole stack trace and appears here at once, grouped by task and exception. When the cause is fixed, you can requeue all jobs of a group.'];
    return html`<section class="panel">${empty(title, text)}</section>`;
  }

  #group(group) {
    const key = keyOf(group);
    const open = this.#open === key;
    const history = group.history ?? [];
    const recent = history.reduce((sum, n) => sum + n, 0);
    const gone = this.#held.isGone(group);
    const requeued = this.#actions.find((action) => isOf(action.filter, group));
    const became = requeued && outcome(requeued);
    return html`<article class="group ${this.#fresh.has(key) ? 'fresh' : ''} ${gone ? 'gone' : ''}" aria-label="${seen(group.exceptiontype)} in ${seen(group.path)}">
      <div class="group-row">
        <div class="count ${this.view === 'retrying' ? 'waiting' : ''}">${gone ? '0' : brief(group.count)}<small>${gone ? 'left' : group.count === 1 ? 'job' : 'jobs'}</small></div>
        <div class="what">
          <div><span class="type">${foreign(group.exceptiontype)}</span> <span class="path">${foreign(group.path)}</span></div>
          <div class="message" title=${seen(group.message)}>${foreign(sentence(group))}</div>
          ${group.frame ? html`<span class="frame" title=${seen(group.frame)}>${foreign(group.frame)}</span>` : nothing}
          ${became ? html`<div class="became ${became.failed ? 'bad' : ''}">Requeued ${count(requeued.moved)} ${time(requeued.created)} → ${became.text}</div>` : nothing}
        </div>
        <div class="history">
          <mrq-spark class="chart spark" tone=${this.view === 'retrying' ? 'warn' : 'bad'} role="img" aria-label="${count(recent)} in the last 24 hours, hour by hour: ${history.join(', ')}"
            .data=${[history.map((_, at) => at), history]}></mrq-spark>
          <span class="spark-caption" title="Each job is counted once, at its last failure.">24 hours: ${brief(recent)}</span>
        </div>
        <div class="when"><b>last ${time(group.last_seen)}</b><br>first ${time(group.first_seen)}</div>
        <div class="acts">${this.#acts(group, key, open)}</div>
      </div>
      ${open ? this.#sampled(group) : nothing}
    </article>`;
  }

  #acts(group, key, open) {
    const filter = filterOf(group, VIEWS[this.view], this.#filter.query());
    const what = html`All jobs of ${foreign(group.path)} that ended with ${foreign(group.exceptiontype)}${group.frame ? html` at ${foreign(group.frame)}` : ''}.`;
    const why = forbidden() ?? this.unsure ?? (this.#held.isGone(group) ? 'No job of this group is left.' : null);
    return html`
      <button class="button small" type="button" aria-expanded=${open ? 'true' : 'false'} @click=${() => this.#toggle(group, key)}>Trace</button>
      <a class="button small" href=${link('jobs', filter)}>Jobs</a>
      ${button({ text: html`${icon('requeue')} Requeue ${brief(group.count)}`, kind: 'small main-act', why, act: () => bulk('requeue', filter, what) })}
      ${this.view === 'failed' ? nothing : button({ text: 'Cancel', kind: 'small danger', label: `Cancel ${jobs(group.count)}`, why, act: () => bulk('cancel', filter, what) })}`;
  }

  async #toggle(group, key) {
    this.#open = this.#open === key ? null : key;
    this.#sample = null;
    this.draw();
    if (this.#open) {
      let sample;
      try {
        sample = { job: await get(`jobs/${group.sample}`) };
      } catch (problem) {
        sample = { problem };
      }
      if (this.#open === key) {
        this.#sample = sample;
        this.draw();
      }
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
        <span>queue ${foreign(sample.job.queue)}</span><span>attempt ${sample.job.attempt}</span></div>
      ${text ? trace(text) : html`<p class="muted">This job has no stack trace.</p>`}
    </div>`;
  }
}

const keyOf = (group) => JSON.stringify([group.path, group.exceptiontype, group.fingerprint ?? null]);

/** Whether an action was for exactly this group. */
const isOf = (filter, group) =>
  filter.path === group.path && filter.exceptiontype === group.exceptiontype && (filter.fingerprint ?? null) === (group.fingerprint ?? null);

/** The message without the exception type, which is shown beside it. */
function sentence({ message = '', exceptiontype }) {
  const colon = message.indexOf(': ');
  return colon > 0 && message.slice(0, colon).endsWith(exceptiontype) ? message.slice(colon + 2) : message;
}

/** The group as a filter of jobs, including the conditions of the page. */
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
