import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get, post } from '../api.js';
import { between, count, duration, jobs } from '../format.js';
import { Page } from '../page.js';
import { link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { outcome } from '../ui/outcome.js';
import { bar, button, empty, time } from '../ui/parts.js';

const SHOWN = 100;
const KINDS = { waiting: 'wait', running: 'good', done: 'good', stopped: 'warn', failed: 'bad' };

/** Bulk actions, running and past. */
export class ActionsPage extends Page {
  title = 'Bulk actions';

  #held = new Held((action) => action.id, () => this.draw());

  async load(signal) {
    const actions = await get('actions', { limit: SHOWN }, signal);
    this.#held.take(actions.items);
    return actions;
  }

  content() {
    const { items } = this.#held;
    if (items.length === 0) {
      return html`<section class="panel">${empty('No bulk action yet', 'Requeue or cancel a whole group of failures on the Exceptions page, or all jobs that match a filter on the Jobs page. The scheduler service carries out each action, and it is listed here.')}</section>`;
    }
    return html`<section class="panel held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
      ${this.#held.pill()}
      <div class="table-wrap"><table class="cards">
      <thead><tr><th>What</th><th>Which jobs</th><th>Status</th><th>Progress</th><th>By</th><th>When</th><th><span class="visually-hidden">Stop</span></th></tr></thead>
      <tbody>${repeat(items, (action) => action.id, (action) => this.#row(action))}</tbody>
    </table></div></section>`;
  }

  #row(action) {
    const through = action.moved + action.skipped;
    const going = action.status === 'waiting' || action.status === 'running';
    const took = between(action.started, action.ended);
    const became = outcome(action);
    const left = action.status === 'stopped' ? Math.max(0, action.total - through) : 0;
    return html`<tr>
      <td><b>${action.kind === 'cancel' ? 'Cancel' : 'Requeue'} ${jobs(action.total)}</b>${action.queue ? html`<span class="sub">to ${foreign(action.queue)}</span>` : nothing}</td>
      <td class="clip wide" title=${seen(told(action.filter))}>${jobsLink(action.filter)}</td>
      <td><span class="badge ${KINDS[action.status] ?? 'plain'}">${action.status}</span>${action.error ? html`<span class="sub">${action.error}</span>` : nothing}</td>
      <td>${going ? bar(action.total ? through / action.total : 0, `${through} of ${action.total}`) : nothing}
        <span class="sub">${count(action.moved)} ${action.kind === 'cancel' ? 'cancelled' : 'requeued'}${action.skipped ? `, ${count(action.skipped)} skipped` : ''}${left ? `, ${count(left)} left alone` : ''}${took === null ? '' : `, ${duration(took)}`}</span>
        ${became ? html`<span class="became ${became.failed ? 'bad' : ''}">Since then: ${became.text}</span>` : nothing}</td>
      <td data-label="By">${foreign(action.who)}</td>
      <td data-label="When">${time(action.created)}</td>
      <td class="acts">${going ? button({ text: 'Stop', kind: 'small', label: 'Stop this action', why: forbidden(), act: () => this.#stop(action) }) : nothing}</td>
    </tr>`;
  }

  async #stop(action) {
    if (await act(() => post(`actions/${action.id}/stop`), 'It stops after its current batch.')) {
      this.refresh();
    }
  }
}

/** A filter in words. */
export function told(filter) {
  return Object.entries(filter ?? {})
    .filter(([name, value]) => name !== 'ids_count' && value !== null && value !== undefined && value.length !== 0)
    .map(([name, value]) => (name === 'ids' ? `${count(filter.ids_count ?? value.length)} selected` : `${name}: ${Array.isArray(value) ? value.join(', ') : value}`))
    .join(' · ');
}

function jobsLink(filter) {
  return filter?.ids?.length ? told(filter) : html`<a href=${link('jobs', filter ?? {})}>${foreign(told(filter))}</a>`;
}
