import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { brief, count, duration, percent, rate, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { bar, empty, enqueueCommand, notice, time } from '../ui/parts.js';

const TONE = { critical: 'bad', warning: 'warn', info: 'info' };
const OLD_SECONDS = 300;

export class OverviewPage extends Page {
  title = 'Overview';

  load(signal) {
    return get('overview', {}, signal);
  }

  /** The live feed brings what this page shows: nothing more is asked. */
  fed(overview) {
    this.data = overview;
    this.problem = null;
  }

  /** The headline stands in for the title, which everybody knows here. */
  render() {
    return this.data ? html`<h1 class="visually-hidden">${this.title}</h1><div class="stack">${this.content()}</div>` : super.render();
  }

  content() {
    const { data } = this;
    const untouched = data.series.points.every((p) => p.enqueued + p.succeeded + p.failed === 0) && data.backlog.queued + data.backlog.started + data.backlog.retry === 0 && data.top_failures.length === 0;
    return html`
      ${headline(data)}
      ${figures(data)}
      ${data.problems.length ? html`<section class="problems" aria-label="Problems">${data.problems.map(problem)}</section>` : nothing}
      ${untouched ? html`<section class="panel">${empty('No job has run yet', 'Enqueue one: it is stored before the answer comes, and a worker picks it up within milliseconds.', enqueueCommand())}</section>` : nothing}
      <div class="split">
        ${trend(data)}
        ${failures(data)}
      </div>`;
  }
}

function headline({ problems, backlog, rates }) {
  const worst = problems.some((p) => p.severity === 'critical') ? 'bad' : problems.some((p) => p.severity === 'warning') ? 'warn' : '';
  const serious = problems.filter((p) => p.severity !== 'info').length;
  const text = serious ? `${serious} ${serious === 1 ? 'problem needs' : 'problems need'} a look` : backlog.queued === 0 && rates.enqueued === 0 ? 'All quiet' : 'All is well';
  return html`<p class="headline ${worst}" role="status"><span class="dot" aria-hidden="true"></span>${text}</p>`;
}

function figures({ rates, backlog, fleet }) {
  const age = backlog.oldest ? since(backlog.oldest) : null;
  const waiting = age === null ? 'nothing waits' : `oldest waits ${duration(age)}`;
  const drain = backlog.drain_seconds != null && backlog.queued > 0 ? `, done in ≈ ${duration(backlog.drain_seconds)}` : '';
  return html`<dl class="figures">
    ${figure(html`<i class="in"></i>In`, html`${rate(rates.enqueued)}<small> /s</small>`, 'enqueued')}
    ${figure(html`<i class="out"></i>Done`, html`${rate(rates.succeeded)}<small> /s</small>`, 'succeeded')}
    ${figure(html`<i class="failed"></i>Failed`, html`${rate(rates.failed)}<small> /s</small>`, rates.retried ? `${rate(rates.retried)} /s will be retried` : 'for good')}
    ${figure('Backlog', brief(backlog.queued), waiting + drain, age !== null && age > OLD_SECONDS ? 'bad' : '')}
    <div class="wide"><dt>Fleet</dt><dd>
      <span class="value">${count(fleet.busy)}<small> of ${count(fleet.slots)} slots busy</small></span>
      ${bar(fleet.slots ? fleet.busy / fleet.slots : 0, `${percent(fleet.slots ? fleet.busy / fleet.slots : 0)} of the slots are busy`, fleet.slots && fleet.busy >= fleet.slots ? 'warn' : '')}
      <span class="note">${count(fleet.workers)} ${fleet.workers === 1 ? 'worker' : 'workers'}${backlog.retry ? `, ${brief(backlog.retry)} jobs wait for a retry or a date` : ''}</span>
    </dd></div>
  </dl>`;
}

function figure(name, value, note, tone = '') {
  return html`<div><dt>${name}</dt><dd><span class="value">${value}</span><span class="note ${tone}" title=${note}>${note}</span></dd></div>`;
}

function problem(p) {
  const where = p.page
    ? html`<a class="button small" href=${link(p.page, new URLSearchParams(p.query ?? ''))}>Look</a>`
    : nothing;
  return notice(TONE[p.severity] ?? 'info', p.title, p.advice, where);
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
  const told = `Of the last ${duration(points.length * step)}: ${count(sum('enqueued'))} jobs in, ${count(sum('succeeded'))} done, ${count(sum('failed'))} failed.`;
  return html`<section class="panel">
    <header><h2>Jobs a second</h2>
      <div class="tools legend" aria-hidden="true"><span><i class="in"></i>In</span><span><i class="out"></i>Done</span><span><i class="failed"></i>Failed</span></div>
    </header>
    <figure class="body">
      <mrq-trend class="chart" role="img" aria-label=${told} .data=${columns}></mrq-trend>
      <figcaption class="muted small">${told}</figcaption>
    </figure>
  </section>`;
}

function failures({ top_failures: top }) {
  return html`<section class="panel">
    <header><h2>What fails most</h2><div class="tools"><a class="small" href=${link('exceptions')}>All exceptions</a></div></header>
    <div class="body">
      ${top.length === 0
        ? html`<p class="muted">No failed job is stored.</p>`
        : html`<ol class="ranked">${top.map((f) => html`<li>
            <a href=${link('exceptions', { path: f.path })} title="${f.path}: ${f.exceptiontype}"><b>${f.exceptiontype}</b> <span class="muted">${f.path}</span></a>
            <span class="count">${count(f.count)}</span>
            <span class="muted small">${time(f.last_seen)}</span>
          </li>`)}</ol>`}
    </div>
  </section>`;
}
