import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get } from '../api.js';
import { keysOf, stringify } from '../exact.js';
import { between, count, duration, jobs, percent, since } from '../format.js';
import { Page } from '../page.js';
import { go, here, link } from '../router.js';
import { forbidden } from '../ui/act.js';
import { bulk } from '../ui/bulk.js';
import { FIELDS } from '../ui/conditions.js';
import { FilterBar } from '../ui/filter.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { icon } from '../ui/icons.js';
import { badge, bar, button, empty, enqueueCommand, statusOf, time } from '../ui/parts.js';
import { say } from '../ui/toasts.js';

const PAGE = 50;
const COUNT_EVERY_MILLIS = 5000;
const MOVABLE = {
  requeue: (status) => status !== 'queued' && status !== 'started',
  cancel: (status) => ['queued', 'retry', 'interrupt'].includes(status),
};

/** One table for jobs of every status. */
export class JobsPage extends Page {
  title = 'Jobs';
  #filter = new FilterBar('jobs', Object.keys(FIELDS), () => this.draw(), () => this.reload());
  #selected = new Set();
  /** The row that has the focus or had it last, to which the Tab key returns. */
  #marked = null;
  #held = new Held((job) => job.id, () => this.draw(), () => this.#selected.size > 0);
  #count = null;
  #counted = 0;
  #acting = false;

  async load(signal) {
    const query = this.#filter.query();
    const after = here().query.get('after');
    const [page, total] = await Promise.all([
      get('jobs', { ...query, after, limit: PAGE, view: 'summary' }, signal),
      this.#total(query, signal),
    ]);
    this.#count = total;
    this.#held.take(page.items, location.search);
    return page;
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

  get why() {
    return this.#filter.why;
  }

  moved() {
    this.#selected.clear();
    this.#marked = null;
    super.moved();
  }

  above() {
    return this.#filter.template();
  }

  content() {
    const { items } = this.#held;
    return html`
      <section class="panel held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
        ${this.#bar()}
        ${items.length === 0 ? this.#nothing() : this.#table(items)}
        ${this.#pager()}
      </section>`;
  }

  #bar() {
    const ids = [...this.#selected];
    const filter = ids.length ? { ids } : toFilter(this.#filter.query());
    const what = ids.length ? 'The selected jobs.' : 'Every job that matches the filter, on all pages.';
    const told = ids.length ? `${count(ids.length)} selected` : this.unsure ? '' : this.#count ? `${jobs(this.#count.count).replace(/^([\d,]+)/, this.#count.more ? '$1+' : '$1')}` : '';
    const whose = ids.length ? 'the selected jobs' : 'all jobs that match the filter';
    return html`<div class="list-bar ${ids.length ? 'selection' : ''}">
      <span role="status">${told}</span>
      ${this.#held.pill()}
      <span class="tools">
        ${ids.length ? html`<button class="button small" type="button" @click=${() => { this.#selected.clear(); this.#held.release(); this.draw(); }}>Clear</button>` : nothing}
        ${button({ text: html`${icon('requeue')} Requeue`, kind: 'small', label: `Requeue ${whose}`, why: this.#whyNot('requeue', filter), act: () => bulk('requeue', filter, what) })}
        ${button({ text: 'Cancel', kind: 'small danger', label: `Cancel ${whose}`, why: this.#whyNot('cancel', filter), act: () => bulk('cancel', filter, what) })}
      </span>
    </div>`;
  }

  /** Why this action is not possible for the selected rows, or for all matching jobs; null: it is possible. */
  #whyNot(kind, { ids, status }) {
    const statuses = ids ? this.#held.items.filter((job) => this.#selected.has(job.id)).map((job) => job.status) : (status ?? []);
    const none = ids || this.#filter.isSet ? null : 'Set a filter or select rows first: an action on all jobs at once is not allowed.';
    return forbidden() ?? this.unsure ?? none ?? immovable(kind, statuses);
  }

  #nothing() {
    return this.#filter.isSet || here().query.has('after')
      ? empty('No job matches', 'Remove a condition, or go back to the first page.')
      : empty('No jobs yet', 'Every job appears here as soon as it is enqueued.', enqueueCommand());
  }

  #table(items) {
    const all = items.every((job) => this.#selected.has(job.id));
    const first = items.some((job) => job.id === this.#marked) ? null : items[0].id;
    return html`<div class="table-wrap"><table class="cards jobs-table">
      <thead><tr>
        <th class="check"><input type="checkbox" aria-label="Select all on this page" .checked=${all} @change=${() => this.#selectAll(items, !all)}></th>
        <th>Task</th><th>Status</th><th>Queue</th><th class="num">Enqueued</th><th class="num">Took</th><th class="num">Attempt</th></tr></thead>
      <tbody>${repeat(items, (job) => job.id, (job) => this.#row(job, first))}</tbody>
    </table></div>`;
  }

  #row(job, first) {
    const selected = this.#selected.has(job.id);
    const gone = this.#held.isGone(job);
    const params = seen(keysOf(job.params ?? {}).length ? stringify(job.params) : 'no parameters');
    const cut = job.cut ? 'Long values are cut in this list; the page of the job shows them in full. ' : '';
    return html`<tr aria-selected=${selected ? 'true' : 'false'} class=${gone ? 'gone' : ''} title=${gone ? 'It no longer matches.' : nothing} data-id=${job.id}
        tabindex=${job.id === (first ?? this.#marked) ? 0 : -1} aria-label="Job ${seen(job.path)}, ${statusOf(job)}" @focusin=${() => this.#mark(job.id)}>
      <td class="check"><input type="checkbox" tabindex="-1" aria-label="Select job ${job.id}" .checked=${selected} @change=${() => this.#select(job.id)}></td>
      <td class="clip"><a class="task" href=${link('jobs', {}, job.id)}>${foreign(job.path)}</a><span class="sub mono" title=${cut + params}>${cut ? html`<span class="badge plain">cut</span> ` : nothing}<bdi>${params}</bdi></span></td>
      <td>${badge(statusOf(job))}${detail(job)}</td>
      <td class="clip queue" data-label="Queue"><a href=${link('jobs', { queue: job.queue })} title=${seen(job.queue)}>${foreign(job.queue)}</a></td>
      <td class="num" data-label="Enqueued">${time(dateOf(job.id))}</td>
      <td class="num" data-label="Took">${took(job)}</td>
      <td class="num" data-label="Attempt">${job.attempt || '–'}${job.crashes ? html` <span class="badge bad" title="A worker was lost while running it">${job.crashes} crashed</span>` : nothing}</td>
    </tr>`;
  }

  #pager() {
    const after = here().query.get('after');
    const { items } = this.#held;
    // The next page begins after the last row that is shown, not after the last one that was loaded.
    const older = this.data.next || this.#held.hasNewest ? items.at(-1)?.id : null;
    if (!after && !older) {
      return nothing;
    }
    return html`<nav class="pager" aria-label="Newer and older">
      ${after ? html`<a class="button small" href=${link('jobs', this.#filter.query())}>First page</a>` : html`<span></span>`}
      <span class="muted small">${count(items.length)} shown</span>
      ${older ? html`<a class="button small" href=${link('jobs', { ...this.#filter.query(), after: older })}>Older ${icon('chevron')}</a>` : html`<span></span>`}
    </nav>`;
  }

  #select(id) {
    if (!this.#selected.delete(id)) {
      this.#selected.add(id);
    }
    this.#held.release();
    this.draw();
  }

  #selectAll(items, on) {
    this.#selected = new Set(on ? items.map((job) => job.id) : []);
    this.draw();
  }

  #mark(id) {
    if (this.#marked !== id) {
      this.#marked = id;
      this.draw();
    }
  }

  /** The job in the row that has the focus. */
  get #current() {
    const id = document.activeElement?.closest('tr[data-id]')?.dataset.id;
    return this.#held.items.find((job) => job.id === id);
  }

  keys() {
    const step = (by) => {
      const { items } = this.#held;
      const at = items.findIndex((job) => job.id === (this.#current?.id ?? (by > 0 ? null : this.#marked)));
      const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
      if (next) {
        document.querySelector(`tr[data-id="${next.id}"]`)?.focus({ focusVisible: true });
      }
    };
    const open = () => this.#current && go(link('jobs', {}, this.#current.id));
    return {
      j: () => step(1),
      k: () => step(-1),
      x: () => this.#current && this.#select(this.#current.id),
      o: open,
      Enter: open,
      Escape: () => document.activeElement?.closest('tr[data-id]') && document.activeElement.blur(),
      r: () => this.#act('requeue'),
      c: () => this.#act('cancel'),
    };
  }

  /** Keyboard actions apply to the selected rows or to the row with the focus, never to all jobs. */
  async #act(kind) {
    const current = this.#current;
    const ids = this.#selected.size ? [...this.#selected] : current ? [current.id] : [];
    if (ids.length === 0 || this.#acting) {
      return;
    }
    const why = this.#selected.size ? this.#whyNot(kind, { ids }) : forbidden() ?? this.unsure ?? immovable(kind, [current.status]);
    if (why) {
      say(why, 'bad');
      return;
    }
    this.#acting = true;
    try {
      await bulk(kind, { ids }, this.#selected.size ? 'The selected jobs.' : html`${foreign(current.path)}, ${current.id}.`);
    } finally {
      this.#acting = false;
    }
  }
}

/** Why no job with these statuses allows the action, or null; an empty list stands for all statuses. */
function immovable(kind, statuses) {
  if (statuses.length === 0 || statuses.some((status) => MOVABLE[kind](status))) {
    return null;
  }
  if (statuses.includes('started')) {
    return kind === 'cancel' ? 'They are running or have finished. Cancel a running job on its own page.' : 'They are running: cancel a job on its own page, or wait until it has finished.';
  }
  return kind === 'cancel' ? 'They have finished: there is nothing to cancel.' : 'They are already waiting for a worker.';
}

/** The filter of the address in the form of POST /actions. */
function toFilter(query) {
  const { status, ...rest } = query;
  const filter = Object.fromEntries(Object.entries(rest).map(([name, [value]]) => [name, value]));
  return status ? { ...filter, status: status.flatMap((one) => one.split(',')) } : filter;
}

/** When a job was first enqueued: its id begins with the second. */
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
  return job.exceptiontype && job.status !== 'success' ? html`<span class="sub" title=${seen(job.exceptiontype)}>${foreign(job.exceptiontype)}</span>` : nothing;
}
