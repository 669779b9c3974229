import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get, post } from '../api.js';
import { brief, duration, rate, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { icon } from '../ui/icons.js';
import { button, empty, enqueueCommand, time } from '../ui/parts.js';

const OLD_SECONDS = 300;

export class QueuesPage extends Page {
  title = 'Queues';
  #held = new Held((queue) => queue.name, () => this.draw());

  async load(signal) {
    const queues = await get('queues', {}, signal);
    this.#held.take(queues.items);
    return queues;
  }

  content() {
    const { items } = this.#held;
    if (items.length === 0) {
      return html`<section class="panel">${empty('No queue yet', 'A queue is listed while a worker serves it, while it holds unfinished jobs or while it is paused. Enqueue a job into a queue of any name, and start a worker that serves it.', enqueueCommand('default'))}</section>`;
    }
    return html`<section class="panel held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
      ${this.#held.pill()}
      <div class="table-wrap"><table class="cards queues-table">
      <thead><tr><th>Queue</th><th class="num">Waiting</th><th class="num">Oldest</th><th class="num">Running</th><th class="num">Retry or date</th><th class="num">In /s</th><th class="num">Done /s</th><th class="num">Workers</th><th><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${repeat(items, (queue) => queue.name, (queue) => this.#row(queue))}</tbody>
    </table></div></section>`;
  }

  #row(queue) {
    const age = queue.oldest ? since(queue.oldest) : null;
    const name = seen(queue.name);
    return html`<tr class=${this.#held.isGone(queue) ? 'gone' : ''}>
      <td class="name"><a href=${link('jobs', { queue: queue.name })} title=${name}><b>${foreign(queue.name)}</b></a>
        ${queue.paused ? html` <span class="badge warn">paused</span><span class="sub">${queue.paused.why ? html`“${foreign(queue.paused.why)}”` : 'no reason given'} – ${foreign(queue.paused.who)}, ${time(queue.paused.at)}</span>` : nothing}</td>
      <td class="num" data-label="Waiting"><a href=${link('jobs', { queue: queue.name, status: 'queued' })}>${queue.at_least?.includes('queued') ? '≥ ' : ''}${brief(queue.queued)}</a></td>
      <td class="num" data-label="Oldest">${age === null ? '–' : html`<span class=${age > OLD_SECONDS ? 'badge bad' : ''}>${duration(age)}</span>`}</td>
      <td class="num" data-label="Running">${brief(queue.started)}</td>
      <td class="num" data-label="Retry or date">${brief((queue.retry ?? 0) + (queue.interrupt ?? 0))}</td>
      <td class="num" data-label="In /s">${rate(queue.rates?.enqueued)}</td>
      <td class="num" data-label="Done /s">${rate(queue.rates?.finished)}</td>
      <td class="num" data-label="Workers">${served(queue)}</td>
      <td class="acts">${queue.paused
        ? button({ text: html`${icon('play')} Resume`, kind: 'small main-act', label: `Resume ${name}`, why: forbidden(), act: () => this.#resume(queue.name) })
        : button({ text: html`${icon('pause')} Pause`, kind: 'small', label: `Pause ${name}`, why: forbidden(), act: () => this.#pause(queue.name) })}</td>
    </tr>`;
  }

  async #pause(queue) {
    const answer = await confirm({
      title: html`Pause ${foreign(queue)}?`,
      text: 'No further job of this queue starts until somebody resumes it. Running jobs continue, and jobs can still be enqueued.',
      act: 'Pause',
      reason: 'Reason (shown to others)',
    });
    if (answer && await act(() => post('queues/pause', { queue, reason: answer.reason }), `${seen(queue)} is paused.`)) {
      this.refresh();
    }
  }

  async #resume(queue) {
    if (await act(() => post('queues/resume', { queue }), `${seen(queue)} is resumed.`)) {
      this.refresh();
    }
  }
}

/** How many workers take jobs of a queue; red when jobs wait and there is none. */
function served({ workers, queued }) {
  return workers === 0 && queued > 0 ? html`<span class="badge bad">none</span>` : workers === undefined ? '–' : brief(workers);
}
