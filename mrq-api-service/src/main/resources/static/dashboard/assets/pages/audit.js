import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { jobs } from '../format.js';
import { Page } from '../page.js';
import { here, link } from '../router.js';
import { foreign, seen } from '../ui/foreign.js';
import { empty, time } from '../ui/parts.js';
import { told } from './actions.js';

const PAGE = 100;
const KINDS = { done: 'good', refused: 'warn', failed: 'bad' };

/** Who changed what. */
export class AuditPage extends Page {
  title = 'Audit log';

  load(signal) {
    return get('audit', { after: here().query.get('after'), limit: PAGE }, signal);
  }

  content() {
    const { items, next } = this.data;
    const after = here().query.get('after');
    if (items.length === 0 && !after) {
      return html`<section class="panel">${empty('Nothing has been changed by hand yet', 'Every requeue, cancel, pause, drain and bulk action is recorded here, with who did it, its target and its outcome.')}</section>`;
    }
    return html`<section class="panel">
      <div class="table-wrap"><table class="cards">
        <thead><tr><th>When</th><th>Who</th><th>Action</th><th>Target</th><th class="num">How many</th><th>Outcome</th></tr></thead>
        <tbody>${items.map((entry) => html`<tr>
          <td>${time(entry.date)}</td><td><b>${foreign(entry.who)}</b></td><td>${entry.action}</td>
          <td class="clip wide">${foreign(entry.target ?? (entry.filter ? told(entry.filter) : '–'))}${entry.detail ? html`<span class="sub" title=${seen(entry.detail)}>${foreign(entry.detail)}</span>` : nothing}</td>
          <td class="num">${entry.count === undefined ? '–' : jobs(entry.count)}</td>
          <td><span class="badge ${KINDS[entry.outcome] ?? 'plain'}">${entry.outcome}</span></td></tr>`)}</tbody>
      </table></div>
      ${after || next ? html`<nav class="pager" aria-label="Newer and older">
        ${after ? html`<a class="button small" href=${link('audit')}>Newest</a>` : html`<span></span>`}
        ${next ? html`<a class="button small" href=${link('audit', { after: next })}>Older</a>` : html`<span></span>`}</nav>` : nothing}
    </section>`;
  }
}
