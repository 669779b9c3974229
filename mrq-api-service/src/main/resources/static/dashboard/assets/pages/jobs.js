import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get } from '../api.js';
import { between, count, duration, jobs, percent, since } from '../format.js';
import { Page } from '../page.js';
import { go, here, link } from '../router.js';
import { forbidden } from '../ui/act.js';
import { bulk } from '../ui/bulk.js';
import { FilterBar } from '../ui/filter.js';
import { icon } from '../ui/icons.js';
import { badge, bar, button, empty, enqueueCommand, statusOf, time } from '../ui/parts.js';

const PAGE = 50;
const FIELDS = ['status', 'queue', 'path', 'exceptiontype', 'worker', 'fingerprint', 'parent', 'since', 'until'];
const COUNT_EVERY_MILLIS = 5000;

/** One table for jobs of every status (UI-09 … UI-11). */
export class JobsPage extends Page {
  title = 'Jobs';
  #filter = new FilterBar('jobs', FIELDS, () => this.draw());
  #selected = new Set();
  #at = -1;
  #pointed = false;
  /** A newer first page, held back while somebody points at or selects rows. */
  #newer = null;
  #count = null;
  #counted = 0;

  async load(signal) {
    const query = this.#filter.query();
    const after = here().query.get('after');
    const [page, total] = await Promise.all([
      get('jobs', { ...query, after, limit: PAGE, view: 'summary' }, signal),
      this.#total(query, signal),
    ]);
    this.#count = total;
    return this.#merge(page);
  }

  async #total(query, signal) {
    const key = JSON.stringify(query);
    if (this.#count?.key === key && performance.now() - this.#counted < COUNT_EVERY_MILLIS) {
      return this.#count;
    }
    const total = await get('jobs/count', query, signal);
    this.#counted = performance.now();
    return { ...total, key };
  }

  /** Rows stay where they are under a pointer; what they say may change. */
  #merge(page) {
    const shown = this.data;
    const held = shown && shown.address === location.search && (this.#pointed || this.#selected.size > 0);
    const next = { ...page, address: location.search };
    if (!held) {
      this.#newer = null;
      return next;
    }
    const fresh = new Map(page.items.map((job) => [job.id, job]));
    const known = new Set(shown.items.map((job) => job.id));
    const added = page.items.filter((job) => !known.has(job.id)).length;
    this.#newer = added > 0 ? { page: next, added } : null;
    return { ...shown, items: shown.items.map((job) => fresh.get(job.id) ?? job) };
  }

  moved() {
    this.#selected.clear();
    this.#at = -1;
    this.#newer = null;
    super.moved();
  }

  content() {
    const { items } = this.data;
    return html`
      ${this.#filter.template()}
      <section class="panel" @pointerenter=${() => { this.#pointed = true; }} @pointerleave=${() => this.#unpoint()}>
        ${this.#bar()}
        ${items.length === 0 ? this.#nothing() : this.#table(items)}
        ${this.#pager()}
      </section>`;
  }

  #unpoint() {
    this.#pointed = false;
    if (this.#selected.size === 0) {
      this.#showNewer();
    }
  }

  #showNewer() {
    if (this.#newer) {
      this.data = this.#newer.page;
      this.#newer = null;
      this.draw();
    }
  }

  #bar() {
    const ids = [...this.#selected];
    const filter = ids.length ? { ids } : toFilter(this.#filter.query());
    const what = ids.length ? 'The selected jobs.' : 'Every job that matches the filter, on all pages.';
    const none = ids.length || this.#filter.isSet ? null : 'Set a filter or select rows first: acting on everything at once is refused.';
    const told = ids.length ? `${count(ids.length)} selected` : this.#count ? `${jobs(this.#count.count).replace(/^([\d,]+)/, this.#count.more ? '$1+' : '$1')}` : '';
    return html`<div class="${ids.length ? 'selection' : 'pager'}">
      <span role="status">${told}</span>
      ${this.#newer ? html`<button class="pill" type="button" @click=${() => this.#showNewer()}>${count(this.#newer.added)} new</button>` : nothing}
      <span class="tools">
        ${ids.length ? html`<button class="button small" type="button" @click=${() => { this.#selected.clear(); this.draw(); }}>Clear</button>` : nothing}
        ${button({ text: html`${icon('requeue')} Requeue`, kind: 'small', label: ids.length ? 'Requeue the selected jobs' : 'Requeue all jobs of this filter', why: forbidden() ?? none, act: () => bulk('requeue', filter, what) })}
        ${button({ text: 'Cancel', kind: 'small danger', label: ids.length ? 'Cancel the selected jobs' : 'Cancel all jobs of this filter', why: forbidden() ?? none, act: () => bulk('cancel', filter, what) })}
      </span>
    </div>`;
  }

  #nothing() {
    return this.#filter.isSet || here().query.has('after')
      ? empty('No job matches', 'Remove a condition, or go back to the first page.')
      : empty('No jobs yet', 'Every job that is enqueued is a document here, from its first moment to its result.', enqueueCommand());
  }

  #table(items) {
    const all = items.every((job) => this.#selected.has(job.id));
    return html`<div class="table-wrap"><table class="cards jobs-table">
      <thead><tr>
        <th class="check"><input type="checkbox" aria-label="Select all on this page" .checked=${all} @change=${() => this.#selectAll(items, !all)}></th>
        <th>Task</th><th>Status</th><th>Queue</th><th>Enqueued</th><th class="num">Took</th><th class="num">Attempt</th></tr></thead>
      <tbody>${repeat(items, (job) => job.id, (job, at) => this.#row(job, at))}</tbody>
    </table></div>`;
  }

  #row(job, at) {
    const selected = this.#selected.has(job.id);
    const params = Object.keys(job.params ?? {}).length ? JSON.stringify(job.params) : 'no parameters';
    return html`<tr aria-selected=${selected ? 'true' : 'false'} class=${at === this.#at ? 'at' : ''} data-id=${job.id}>
      <td class="check"><input type="checkbox" aria-label="Select job ${job.id}" .checked=${selected} @change=${() => this.#select(job.id)}></td>
      <td class="clip"><a class="task" href=${link('jobs', {}, job.id)}>${job.path}</a><span class="sub mono" title=${params}>${params}</span></td>
      <td>${badge(statusOf(job))}${detail(job)}</td>
      <td data-label="Queue"><a href=${link('jobs', { queue: job.queue })}>${job.queue}</a></td>
      <td class="num" data-label="Enqueued">${time(dateOf(job.id))}</td>
      <td class="num" data-label="Took">${took(job)}</td>
      <td class="num" data-label="Attempt">${job.attempt || '–'}${job.crashes ? html` <span class="badge bad" title="A worker was lost while running it">${job.crashes} crashed</span>` : nothing}</td>
    </tr>`;
  }

  #pager() {
    const after = here().query.get('after');
    const { next, items } = this.data;
    if (!after && !next) {
      return nothing;
    }
    return html`<nav class="pager" aria-label="Newer and older">
      ${after ? html`<a class="button small" href=${link('jobs', this.#filter.query())}>First page</a>` : html`<span></span>`}
      <span class="muted small">${count(items.length)} shown</span>
      ${next ? html`<a class="button small" href=${link('jobs', { ...this.#filter.query(), after: next })}>Older ${icon('chevron')}</a>` : html`<span></span>`}
    </nav>`;
  }

  #select(id) {
    if (!this.#selected.delete(id)) {
      this.#selected.add(id);
    }
    this.draw();
  }

  #selectAll(items, on) {
    this.#selected = new Set(on ? items.map((job) => job.id) : []);
    this.draw();
  }

  keys() {
    const items = this.data?.items ?? [];
    const step = (by) => {
      this.#at = Math.max(0, Math.min(items.length - 1, this.#at + by));
      this.draw();
      document.querySelector('tr.at')?.scrollIntoView({ block: 'nearest' });
    };
    const current = () => items[this.#at];
    return {
      j: () => step(1),
      k: () => step(-1),
      x: () => current() && this.#select(current().id),
      o: () => current() && go(link('jobs', {}, current().id)),
      Enter: () => current() && go(link('jobs', {}, current().id)),
      r: () => this.#act('requeue'),
      c: () => this.#act('cancel'),
    };
  }

  /** By key: the selected rows, or the one that is marked; never everything. */
  #act(kind) {
    const current = this.data?.items[this.#at];
    const ids = this.#selected.size ? [...this.#selected] : current ? [current.id] : [];
    if (ids.length && !forbidden()) {
      bulk(kind, { ids }, this.#selected.size ? 'The selected jobs.' : `${current.path}, ${current.id}.`);
    }
  }
}

/** A filter of the address as POST /actions takes it. */
function toFilter(query) {
  const { status, ...rest } = query;
  const filter = Object.fromEntries(Object.entries(rest).map(([name, [value]]) => [name, value]));
  return status ? { ...filter, status: status.flatMap((one) => one.split(',')) } : filter;
}

/** When a job was enqueued first: its id begins with the second. */
export const dateOf = (id) => new Date(parseInt(id.slice(0, 8), 16) * 1000).toISOString();

function took(job) {
  if (job.status === 'started' && job.datestarted) {
    return html`<span title="so far">${duration(since(job.datestarted))}</span>`;
  }
  return duration(job.totaltime ?? between(job.datestarted, job.status === 'queued' ? null : job.dateupdated));
}

function detail(job) {
  if (job.status === 'started' && job.progress !== undefined) {
    return html`<div class="progress">${bar(job.progress, `${percent(job.progress)} done`)}</div>`;
  }
  if (job.status === 'retry' && job.dateretry) {
    return html`<span class="sub">${job.delayed ? 'runs' : 'again'} ${time(job.dateretry)}</span>`;
  }
  return job.exceptiontype && job.status !== 'success' ? html`<span class="sub" title=${job.exceptiontype}>${job.exceptiontype}</span>` : nothing;
}
