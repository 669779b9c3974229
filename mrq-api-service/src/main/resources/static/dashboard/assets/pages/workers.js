import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get, post } from '../api.js';
import { brief, bytes, count, duration, percent, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { icon } from '../ui/icons.js';
import { bar, button, empty, time } from '../ui/parts.js';

const SHOWN_JOBS = 6;
const SILENT_SECONDS = 10;
/** Python workers report about every 10 s, and not at all while a task keeps the processor busy. */
const PYTHON_SILENT_SECONDS = 60;

export class WorkersPage extends Page {
  title = 'Workers';

  #held = new Held((worker) => worker.id, () => this.draw());

  async load(signal) {
    const workers = await get('workers', {}, signal);
    this.#held.take(workers.items);
    return workers;
  }

  content() {
    const { items } = this.#held;
    const alive = items.filter((worker) => standing(worker) !== 'stopped');
    const gone = items.filter((worker) => standing(worker) === 'stopped');
    return html`
      ${alive.length === 0
        ? html`<section class="panel">${empty('No worker is running', 'Jobs wait until a worker runs. Start the worker service, or an application with the starter; it appears here within a second.', 'java -jar mrq-worker-service.jar --mrq.worker.queues=default --mrq.worker.slots=100')}</section>`
        : html`<div class="held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>${this.#held.pill()}
            <div class="workers">${repeat(alive, (worker) => worker.id, (worker) => this.#card(worker))}</div></div>`}
      ${gone.length ? this.#gone(gone) : nothing}`;
  }

  #card(worker) {
    // Python workers do not report how many slots they have.
    const slots = worker.config?.greenlets ?? null;
    const jobs = worker.jobs ?? [];
    const busy = slots === null ? jobs.length : Math.round((worker.usage_avg ?? 0) * slots);
    const cpu = worker.process?.cpu?.percent;
    const name = seen(worker.name);
    const memory = worker.process?.mem ?? {};
    const state = standing(worker);
    return html`<article class="panel worker" aria-label="Worker ${name}">
      <header><h2>${foreign(worker.name)}</h2>${stateBadge(state)}<span class="muted small">up ${duration(since(worker.datestarted))}</span></header>
      <div class="body">
        <p class="muted small">serves ${(worker.config?.queues ?? []).map((queue, at) => html`${at ? ', ' : ''}<a href=${link('jobs', { queue })}>${foreign(queue)}</a>`)}</p>
        <dl class="meters">
          <div><dt>Slots</dt><dd>${slots === null ? html`${count(busy)} busy` : html`${count(busy)} of ${count(slots)}${bar(worker.usage_avg, `${percent(worker.usage_avg)} of the slots are busy`, busy >= slots && slots > 0 ? 'warn' : '')}`}</dd></div>
          <div><dt>CPU</dt><dd>${cpu === undefined ? '–' : html`${percent(cpu / 100)}${bar(cpu / 100, 'CPU')}`}</dd></div>
          <div><dt>Memory</dt><dd title=${memory.rss === undefined ? nothing : `${bytes(memory.rss)} resident, ${bytes(memory.swap ?? 0)} swapped out`}>${bytes(memory.rss)}</dd></div>
        </dl>
        ${jobs.length ? html`<ul class="running" aria-label="Running jobs">${jobs.slice(0, SHOWN_JOBS).map((job) => html`<li>
            <a href=${link('jobs', {}, job.id)}>${foreign(job.path)}</a><span class="for">${job.datestarted ? duration(since(job.datestarted)) : ''}</span></li>`)}
            ${jobs.length > SHOWN_JOBS ? html`<li><a href=${link('jobs', { worker: worker.id, status: 'started' })}>and ${count(jobs.length - SHOWN_JOBS)} more</a></li>` : nothing}</ul>` : nothing}
        <div class="foot"><span class="muted small">${brief(worker.done_jobs)} done, beat ${time(worker.datereported)}</span>
          <span class="tools">${this.#drainButton(worker, state)}</span></div>
      </div>
    </article>`;
  }

  #drainButton(worker, state) {
    const name = seen(worker.name);
    const why = forbidden() ?? (this.#held.isGone(worker) ? 'It no longer exists.' : state === 'leaving' ? 'It is already stopping.' : isPython(worker) ? 'A Python worker cannot be drained from here.' : null);
    return worker.drain
      ? button({ text: html`${icon('play')} Take jobs again`, kind: 'small', label: `Let ${name} take jobs again`, why, act: () => this.#undrain(worker) })
      : button({ text: html`${icon('drain')} Drain`, kind: 'small', label: `Drain ${name}`, why, act: () => this.#drain(worker) });
  }

  async #drain(worker) {
    const alone = await this.#leftAlone(worker);
    const sure = await confirm({
      title: html`Drain ${foreign(worker.name)}?`,
      text: html`<p>It finishes the jobs that it runs and takes no more. When it has no running jobs, it can be stopped without interrupting any.</p>
        ${alone ?? nothing}`,
      act: 'Drain',
      careful: alone !== null,
    });
    if (sure && await act(() => post(`workers/${worker.id}/drain`), `${seen(worker.name)} drains.`)) {
      this.refresh();
    }
  }

  /** The queues that no other worker serves, with their waiting jobs; null when there are none. */
  async #leftAlone(worker) {
    const others = this.data.items.filter((other) => other.id !== worker.id && takesWork(other));
    const alone = (worker.config?.queues ?? []).filter((queue) => !others.some((other) => serves(other, queue)));
    if (alone.length === 0) {
      return null;
    }
    const waiting = await waitingIn(worker, alone);
    const them = waiting === null ? 'The jobs that wait there' : waiting === 1 ? '1 waiting job' : `${count(waiting)} waiting jobs`;
    return html`<p class="careful"><b>It is the only worker of ${alone.map((queue, at) => html`${at ? ', ' : ''}${foreign(queue)}`)}.</b>
      ${waiting === 0 ? 'No job waits there now; jobs that are enqueued' : them} will wait until another worker serves ${alone.length === 1 ? 'it' : 'them'}, or this one takes jobs again.</p>`;
  }

  async #undrain(worker) {
    if (await act(() => post(`workers/${worker.id}/undrain`), `${seen(worker.name)} takes jobs again.`)) {
      this.refresh();
    }
  }

  #gone(workers) {
    return html`<section class="panel table-wrap"><header><h2>Stopped in the last hour</h2></header><table class="cards">
      <thead><tr><th>Worker</th><th>State</th><th>Last report</th><th class="num">Jobs done</th></tr></thead>
      <tbody>${workers.map((worker) => html`<tr><td><b>${foreign(worker.name)}</b><span class="sub mono">${worker.id}</span></td>
        <td>${worker.lost ? html`<span class="badge bad">lost</span>` : html`<span class="badge plain">stopped</span>`}</td>
        <td data-label="Last report">${time(worker.datereported)}</td><td class="num" data-label="Jobs done">${brief(worker.done_jobs)}</td></tr>`)}</tbody>
    </table></section>`;
  }
}

const isPython = (worker) => worker.beat === undefined;

/** The state of a worker, from its document. */
function standing(worker) {
  if (worker.lost || worker.status === 'stop') {
    return 'stopped';
  }
  if (!(since(worker.datereported) <= (isPython(worker) ? PYTHON_SILENT_SECONDS : SILENT_SECONDS))) {
    return 'silent';
  }
  if (['join', 'killing', 'kill'].includes(worker.status)) {
    return 'leaving';
  }
  return worker.drain ? 'draining' : isPython(worker) ? 'python' : 'working';
}

const takesWork = (worker) => ['working', 'python'].includes(standing(worker));

/** For a Python worker a name that ends in a slash stands for all queues with that prefix, and `mails_reverse` for `mails` in reversed order. */
function within(worker, name, queue) {
  if (isPython(worker) && name.endsWith('/')) {
    return queue.startsWith(name);
  }
  return name === (isPython(worker) && name.endsWith('_reverse') ? `${queue}_reverse` : queue);
}

const serves = (worker, queue) => (worker.config?.queues ?? []).some((name) => within(worker, name, queue));

/** How many jobs wait in these queues; null when that is unknown at the moment. */
async function waitingIn(worker, queues) {
  try {
    const { items } = await get('queues');
    return items.filter(({ name }) => queues.some((queue) => within(worker, queue, name))).reduce((sum, { queued }) => sum + queued, 0);
  } catch {
    return null;
  }
}

function stateBadge(state) {
  const kind = { working: 'good', draining: 'warn', leaving: 'warn', silent: 'bad', python: 'plain' }[state];
  return html`<span class="badge ${kind}">${state === 'leaving' ? 'stopping' : state}</span>`;
}
