import { html, nothing } from 'lit-html';
import { get, post } from '../api.js';
import { brief, duration, rate, since } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import { icon } from '../ui/icons.js';
import { button, empty, enqueueCommand, time } from '../ui/parts.js';

const OLD_SECONDS = 300;

export class QueuesPage extends Page {
  title = 'Queues';

  load(signal) {
    return get('queues', {}, signal);
  }

  content() {
    const { items } = this.data;
    if (items.length === 0) {
      return html`<section class="panel">${empty('All queues are empty', 'A queue exists while it holds unfinished jobs or is paused. Enqueue a job to any name, and start a worker that serves it.', enqueueCommand('default'))}</section>`;
    }
    return html`<section class="panel table-wrap"><table class="cards">
      <thead><tr><th>Queue</th><th class="num">Waiting</th><th class="num">Oldest</th><th class="num">Running</th><th class="num">Retry or date</th><th class="num">In /s</th><th class="num">Done /s</th><th><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${items.map((queue) => this.#row(queue))}</tbody>
    </table></section>`;
  }

  #row(queue) {
    const age = queue.oldest ? since(queue.oldest) : null;
    return html`<tr>
      <td><a href=${link('jobs', { queue: queue.name })}><b>${queue.name}</b></a>
        ${queue.paused ? html` <span class="badge warn">paused</span><span class="sub">${queue.paused.why ? `“${queue.paused.why}”` : 'no reason given'} – ${queue.paused.who}, ${time(queue.paused.at)}</span>` : nothing}</td>
      <td class="num" data-label="Waiting"><a href=${link('jobs', { queue: queue.name, status: 'queued' })}>${brief(queue.queued)}</a></td>
      <td class="num" data-label="Oldest">${age === null ? '–' : html`<span class=${age > OLD_SECONDS ? 'badge bad' : ''}>${duration(age)}</span>`}</td>
      <td class="num" data-label="Running">${brief(queue.started)}</td>
      <td class="num" data-label="Retry or date">${brief((queue.retry ?? 0) + (queue.interrupt ?? 0))}</td>
      <td class="num" data-label="In /s">${rate(queue.rates?.enqueued)}</td>
      <td class="num" data-label="Done /s">${rate(queue.rates?.finished)}</td>
      <td class="acts">${queue.paused
        ? button({ text: html`${icon('play')} Resume`, kind: 'small main-act', label: `Resume ${queue.name}`, why: forbidden(), act: () => this.#resume(queue.name) })
        : button({ text: html`${icon('pause')} Pause`, kind: 'small', label: `Pause ${queue.name}`, why: forbidden(), act: () => this.#pause(queue.name) })}</td>
    </tr>`;
  }

  async #pause(queue) {
    const answer = await confirm({
      title: `Pause ${queue}?`,
      text: 'No further job of it starts, on any worker, until somebody resumes it. Running jobs go on, and jobs can still be enqueued.',
      act: 'Pause',
      reason: 'Why? Others will read it',
    });
    if (answer && await act(() => post('queues/pause', { queue, reason: answer.reason }), `${queue} is paused.`)) {
      this.refresh();
    }
  }

  async #resume(queue) {
    if (await act(() => post('queues/resume', { queue }), `${queue} goes on.`)) {
      this.refresh();
    }
  }
}
