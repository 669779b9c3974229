import { html, nothing } from 'lit-html';
import { get, post } from '../api.js';
import { brief, bytes, count, duration, percent, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import { icon } from '../ui/icons.js';
import { bar, button, empty, time } from '../ui/parts.js';

const SHOWN_JOBS = 6;
const SILENT_SECONDS = 10;

export class WorkersPage extends Page {
  title = 'Workers';

  load(signal) {
    return get('workers', {}, signal);
  }

  content() {
    const alive = this.data.items.filter((worker) => standing(worker) !== 'stopped');
    const gone = this.data.items.filter((worker) => standing(worker) === 'stopped');
    return html`
      ${alive.length === 0
        ? html`<section class="panel">${empty('No worker is running', 'Jobs wait until one is there. Start the worker service, or an application with the starter; it appears here within a second.', 'java -jar mrq-worker-service.jar --mrq.worker.queues=default --mrq.worker.slots=100')}</section>`
        : html`<div class="workers">${alive.map((worker) => this.#card(worker))}</div>`}
      ${gone.length ? this.#gone(gone) : nothing}`;
  }

  #card(worker) {
    const slots = worker.config?.greenlets ?? 0;
    const jobs = worker.jobs ?? [];
    const busy = Math.round((worker.usage_avg ?? 0) * slots);
    const memory = worker.process?.mem ?? {};
    const state = standing(worker);
    return html`<article class="panel worker" aria-label="Worker ${worker.name}">
      <header><h2>${worker.name}</h2>${stateBadge(state)}<span class="muted small">up ${duration(since(worker.datestarted))}</span></header>
      <div class="body">
        <p class="muted small">serves ${(worker.config?.queues ?? []).map((queue, at) => html`${at ? ', ' : ''}<a href=${link('jobs', { queue })}>${queue}</a>`)}</p>
        <dl class="meters">
          <div><dt>Slots</dt><dd>${count(busy)} of ${count(slots)}${bar(worker.usage_avg, `${percent(worker.usage_avg)} of the slots are busy`, busy >= slots && slots > 0 ? 'warn' : '')}</dd></div>
          <div><dt>CPU</dt><dd>${percent((worker.process?.cpu?.percent ?? 0) / 100)}${bar((worker.process?.cpu?.percent ?? 0) / 100, 'CPU')}</dd></div>
          <div><dt>Heap</dt><dd title="of ${bytes(memory.total)}">${bytes(memory.rss)}${bar(memory.total ? memory.rss / memory.total : 0, `${bytes(memory.rss)} of ${bytes(memory.total)}`)}</dd></div>
        </dl>
        ${jobs.length ? html`<ul class="running" aria-label="Running jobs">${jobs.slice(0, SHOWN_JOBS).map((job) => html`<li>
            <a href=${link('jobs', {}, job.id)}>${job.path}</a><span class="for">${job.datestarted ? duration(since(job.datestarted)) : ''}</span></li>`)}
            ${jobs.length > SHOWN_JOBS ? html`<li><a href=${link('jobs', { worker: worker.id, status: 'started' })}>and ${count(jobs.length - SHOWN_JOBS)} more</a></li>` : nothing}</ul>` : nothing}
        <div class="foot"><span class="muted small">${brief(worker.done_jobs)} done, beat ${time(worker.datereported)}</span>
          <span class="tools">${this.#drainButton(worker, state)}</span></div>
      </div>
    </article>`;
  }

  #drainButton(worker, state) {
    const why = forbidden() ?? (state === 'leaving' ? 'It is stopping already.' : state === 'python' ? 'A Python worker takes no such wish.' : null);
    return worker.drain
      ? button({ text: html`${icon('play')} Take work again`, kind: 'small', label: `Let ${worker.name} take work again`, why, act: () => this.#undrain(worker) })
      : button({ text: html`${icon('drain')} Drain`, kind: 'small', label: `Drain ${worker.name}`, why, act: () => this.#drain(worker) });
  }

  async #drain(worker) {
    const sure = await confirm({
      title: `Drain ${worker.name}?`,
      text: 'It finishes what it runs and takes nothing more. When it shows no running jobs it can be stopped without interrupting any.',
      act: 'Drain',
    });
    if (sure && await act(() => post(`workers/${worker.id}/drain`), `${worker.name} drains.`)) {
      this.refresh();
    }
  }

  async #undrain(worker) {
    if (await act(() => post(`workers/${worker.id}/undrain`), `${worker.name} takes work again.`)) {
      this.refresh();
    }
  }

  #gone(workers) {
    return html`<section class="panel table-wrap"><header><h2>Stopped in the last hour</h2></header><table class="cards">
      <thead><tr><th>Worker</th><th>How</th><th>Last report</th><th class="num">Jobs done</th></tr></thead>
      <tbody>${workers.map((worker) => html`<tr><td><b>${worker.name}</b><span class="sub mono">${worker.id}</span></td>
        <td>${worker.lost ? html`<span class="badge bad">lost</span>` : html`<span class="badge plain">stopped</span>`}</td>
        <td data-label="Last report">${time(worker.datereported)}</td><td class="num" data-label="Jobs done">${brief(worker.done_jobs)}</td></tr>`)}</tbody>
    </table></section>`;
  }
}

/** How a worker stands, from what it and its rescuers wrote. */
function standing(worker) {
  if (worker.lost || worker.status === 'stop') {
    return 'stopped';
  }
  if (worker.beat === undefined) {
    return 'python';
  }
  if (since(worker.datereported) > SILENT_SECONDS) {
    return 'silent';
  }
  if (['join', 'killing', 'kill'].includes(worker.status)) {
    return 'leaving';
  }
  return worker.drain ? 'draining' : 'working';
}

function stateBadge(state) {
  const kind = { working: 'good', draining: 'warn', leaving: 'warn', silent: 'bad', python: 'plain' }[state];
  return html`<span class="badge ${kind}">${state === 'leaving' ? 'stopping' : state}</span>`;
}
