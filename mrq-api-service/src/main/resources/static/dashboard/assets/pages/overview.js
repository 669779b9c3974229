import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get } from '../api.js';
import { brief, count, duration, jobs, percent, rate, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { bar, empty, enqueueCommand, notice, time } from '../ui/parts.js';

const TONE = { critical: 'bad', warning: 'warn', info: 'info' };
const OLD_SECONDS = 300;

export class OverviewPage extends Page {
  title = 'Overview';

  #problems = new Held((problem) => problem.kind, () => this.draw());
  #failures = new Held((failure) => `${failure.exceptiontype} ${failure.path}`, () => this.draw());

  async load(signal) {
    const overview = await get('overview', {}, signal);
    this.#take(overview);
    return overview;
  }

  /** The live feed delivers what this page shows, so it sends no requests of its own. */
  fed(overview) {
    this.#take(overview);
    this.data = overview;
    this.problem = null;
  }

  #take({ problems, top_failures: failures }) {
    this.#problems.take(problems);
    this.#failures.take(failures ?? []);
  }

  /** The headline replaces the visible title. */
  render() {
    return this.data ? html`<h1 class="visually-hidden">${this.title}</h1><div class="stack">${this.content()}</div>` : super.render();
  }

  content() {
    const { data } = this;
    const untouched = data.series.points.every((p) => p.enqueued + p.succeeded + p.failed === 0) && data.backlog.queued + data.backlog.started + data.backlog.retry === 0 && data.failed_open?.count === 0;
    const { items: problems } = this.#problems;
    return html`
      ${headline(data)}
      ${figures(data)}
      ${problems.length ? html`<section class="problems held" aria-label="Problems" ${this.#problems.region} @pointerleave=${this.#problems.release} @focusout=${this.#problems.release}>
        ${this.#problems.pill()}${repeat(problems, (p) => p.kind, (p) => problem(p, this.#problems.isGone(p)))}</section>` : nothing}
      ${untouched ? html`<section class="panel">${empty('No job has run yet', 'Enqueue one: it is stored before the request is answered, and a worker starts it within milliseconds.', enqueueCommand())}</section>` : nothing}
      <div class="split">
        ${trend(data)}
        ${this.#top(data)}
      </div>`;
  }

  #top({ top_failures: known }) {
    const { items } = this.#failures;
    return html`<section class="panel held" ${this.#failures.region} @pointerleave=${this.#failures.release} @focusout=${this.#failures.release}>
      <header><h2>Most frequent failures</h2><div class="tools"><a class="small" href=${link('exceptions')}>All exceptions</a></div></header>
      ${this.#failures.pill()}
      <div class="body">
        ${known === null
          ? html`<p class="muted">Unknown: the query took too long. It is tried again in a minute.</p>`
          : items.length === 0
            ? html`<p class="muted">No failed job is stored.</p>`
            : html`<ol class="ranked">${repeat(items, (f) => `${f.exceptiontype} ${f.path}`, (f) => html`<li>
                <a href=${link('exceptions', { path: f.path, exceptiontype: f.exceptiontype })} title="${seen(f.path)}: ${seen(f.exceptiontype)}"><b>${foreign(f.exceptiontype)}</b> <span class="muted">${foreign(f.path)}</span></a>
                <span class="count">${count(f.count)}</span>
                <span class="muted small">${time(f.last_seen)}</span>
              </li>`)}</ol>`}
      </div>
    </section>`;
  }
}

/** The most severe problem, or that all is well: only when there is no problem and everything is known. */
function headline({ problems, backlog, rates, failed_open: failed }) {
  const serious = problems.filter((p) => p.severity !== 'info');
  const [worst] = serious;
  const more = serious.length - 1;
  const said = (kind, text, extra = nothing) => html`<p class="headline ${kind}" role="status"><span class="dot" aria-hidden="true"></span><span class="told"><span>${text}</span>${extra}</span></p>`;
  const open = failed?.count
    ? html`<a class="open" href=${link('exceptions')}>${jobs(failed.count)} failed in ${failed.more ? 'more than ' : ''}${count(failed.groups)} ${failed.groups === 1 ? 'group' : 'groups'}</a><span class="newest">newest ${time(failed.newest)}</span>`
    : null;
  if (worst) {
    return said(worst.severity === 'critical' ? 'bad' : 'warn', html`${foreign(worst.title)}${more ? `, and ${count(more)} more ${more === 1 ? 'problem' : 'problems'}` : ''}`, open ? html`<span class="also">${open}</span>` : nothing);
  }
  if (open) {
    return said('warn', open);
  }
  if (failed === null) {
    return said('unknown', 'It is unknown whether jobs have failed');
  }
  if (problems.length) {
    return said('warn', problems.length === 1 ? foreign(problems[0].title) : `${count(problems.length)} problems`);
  }
  return said('', backlog.queued === 0 && rates.enqueued === 0 ? 'All quiet' : 'All is well');
}

function figures({ rates, backlog, fleet }) {
  const age = backlog.oldest ? since(backlog.oldest) : null;
  const waiting = backlog.queued === null ? 'not counted in the last minute' : age === null ? 'no job waits' : `oldest waits ${duration(age)}`;
  const drain = backlog.drain_seconds != null && backlog.queued > 0 ? `, done in ≈ ${duration(backlog.drain_seconds)}` : '';
  return html`<dl class="figures">
    ${figure(html`<i class="in"></i>In`, html`${rate(rates.enqueued)}<small> /s</small>`, 'enqueued')}
    ${figure(html`<i class="out"></i>Done`, html`${rate(rates.succeeded)}<small> /s</small>`, 'succeeded')}
    ${figure(html`<i class="failed"></i>Failed`, html`${rate(rates.failed)}<small> /s</small>`, rates.retried ? `${rate(rates.retried)} /s will be retried` : 'for good')}
    ${figure('Backlog', backlog.queued === null ? '?' : `${backlog.at_least?.includes('queued') ? '≥ ' : ''}${brief(backlog.queued)}`, waiting + drain, age !== null && age > OLD_SECONDS ? 'bad' : '')}
    <div class="wide"><dt>Fleet</dt><dd>
      <span class="value">${count(fleet.busy)}<small> of ${count(fleet.slots)}${fleet.unsized ? '+' : ''} slots busy</small></span>
      ${bar(fleet.slots ? fleet.busy / fleet.slots : 0, `${percent(fleet.slots ? fleet.busy / fleet.slots : 0)} of the slots are busy`, fleet.slots && fleet.busy >= fleet.slots ? 'warn' : '')}
      <span class="note">${count(fleet.workers)} ${fleet.workers === 1 ? 'worker' : 'workers'}${fleet.draining ? `, ${count(fleet.draining)} draining` : ''}${fleet.unsized ? `, ${count(fleet.unsized)} of unknown size` : ''}${backlog.retry ? `, ${brief(backlog.retry)} ${backlog.retry === 1 ? 'job waits' : 'jobs wait'} for a retry or a date` : ''}</span>
    </dd></div>
  </dl>`;
}

function figure(name, value, note, tone = '') {
  return html`<div><dt>${name}</dt><dd><span class="value">${value}</span><span class="note ${tone}" title=${note}>${note}</span></dd></div>`;
}

function problem(p, gone) {
  const some = p.items ?? [];
  const rest = p.count - some.length;
  const to = (text, { page, query }) => html`<a href=${link(page, new URLSearchParams(query ?? ''))}>${text}</a>`;
  const each = some.length
    ? html`<details class="each"><summary>${rest > 0 ? `The first ${count(some.length)} of ${count(p.count)}` : `All ${count(p.count)}`}</summary>
        <ul>${some.map((one) => html`<li>${p.page ? to(foreign(one.title), { page: p.page, query: one.query }) : foreign(one.title)} <span class="muted small">${foreign(one.advice)}</span></li>`)}</ul></details>`
    : nothing;
  const where = p.page ? html`<a class="button small" href=${link(p.page, new URLSearchParams(p.query ?? ''))}>Look</a>` : nothing;
  return html`<div class=${gone ? 'gone' : ''}>${notice(TONE[p.severity] ?? 'info', foreign(p.title), html`<div>${foreign(p.advice)}</div>${each}`, where)}</div>`;
}

function trend({ series }) {
  const { step, points } = series;
  const columns = [
    points.map((p) => Date.parse(p.at) / 1000),
    points.map((p) => p.enqueued / step),
    points.map((p) => p.succeeded / step),
    points.map((p) => p.failed / step),
  ];
  const sum = (name) => points.reduce((all, p) => all + p[name], 0);
  const told = `In the last ${duration(points.length * step)}: ${count(sum('enqueued'))} jobs enqueued, ${count(sum('succeeded'))} succeeded, ${count(sum('failed'))} failed.`;
  return html`<section class="panel">
    <header><h2>Jobs per second</h2>
      <div class="tools legend" aria-hidden="true"><span><i class="in"></i>In</span><span><i class="out"></i>Done</span><span><i class="failed"></i>Failed</span></div>
    </header>
    <figure class="body">
      <mrq-trend class="chart" role="img" aria-label=${told} .data=${columns}></mrq-trend>
      <figcaption class="muted small">${told}</figcaption>
    </figure>
  </section>`;
}
