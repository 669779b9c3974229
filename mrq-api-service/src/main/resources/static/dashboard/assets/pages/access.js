import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get, post, remove } from '../api.js';
import { Page } from '../page.js';
import { act, forbidden } from '../ui/act.js';
import { ask, confirm } from '../ui/dialogs.js';
import { foreign } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { button, empty, snippet, time } from '../ui/parts.js';
import { say } from '../ui/toasts.js';

const ROLES = {
  viewer: 'can read everything',
  operator: 'can also enqueue, requeue, cancel, pause and drain',
  admin: 'can also issue and revoke keys',
};

/** API keys of services, for admins. */
export class AccessPage extends Page {
  title = 'API keys';

  #held = new Held((key) => key.id, () => this.draw());

  async load(signal) {
    const keys = await get('api-keys', {}, signal);
    this.#held.take(keys.items);
    return keys;
  }

  tools() {
    return button({ text: 'New key', kind: 'main-act', why: forbidden('admin'), act: () => this.#make() });
  }

  content() {
    const { items } = this.#held;
    if (items.length === 0) {
      return html`<section class="panel">${empty('No API key has been issued here', 'Services use a key instead of a password. A key is stored as a hash and shown only once, when it is issued. Keys of the configuration are not listed.')}</section>`;
    }
    return html`<section class="panel held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
      ${this.#held.pill()}
      <div class="table-wrap"><table class="cards">
      <thead><tr><th>Name</th><th>Role</th><th>Issued</th><th>Last used</th><th>Expires</th><th><span class="visually-hidden">Revoke</span></th></tr></thead>
      <tbody>${repeat(items, (key) => key.id, (key) => html`<tr class=${this.#held.isGone(key) ? 'gone' : ''}>
        <td><b>${foreign(key.name)}</b><span class="sub mono">${key.id}</span></td>
        <td data-label="Role">${key.role}</td>
        <td data-label="Issued">${time(key.created)}${key.created_by ? html`<span class="sub">by ${key.created_by}</span>` : nothing}</td>
        <td data-label="Last used">${key.used ? time(key.used) : 'never'}</td>
        <td data-label="Expires">${key.expires ? time(key.expires) : 'never'}</td>
        <td class="acts">${button({ text: 'Revoke', kind: 'small danger', label: `Revoke ${key.name}`, why: forbidden('admin'), act: () => this.#revoke(key) })}</td></tr>`)}</tbody>
    </table></div></section>`;
  }

  async #make() {
    const key = { name: '', role: 'viewer' };
    let missing = false;
    const wanted = await ask('New API key', ({ close }) => html`
      <div class="field"><label for="key-name">Name of the service</label>
        <input class="input" id="key-name" maxlength="100" autocomplete="off" autofocus aria-invalid=${missing ? 'true' : 'false'}
          aria-describedby=${missing ? 'key-missing' : nothing} @input=${(event) => { key.name = event.target.value; }}>
        ${missing ? html`<p class="complaint" id="key-missing" role="alert">A name is required, so that others know whose key it is.</p>` : nothing}</div>
      <div class="field"><label for="key-role">Role</label>
        <select class="input" id="key-role" @change=${(event) => { key.role = event.target.value; }}>
          ${Object.entries(ROLES).map(([role, may]) => html`<option value=${role} ?selected=${role === key.role}>${role}: ${may}</option>`)}
        </select></div>
      <div class="foot">
        <button class="button" type="button" @click=${() => close(null)}>Back</button>
        <button class="button main-act" type="submit">Issue the key</button>
      </div>`, () => {
      missing = key.name.trim() === '';
      return missing ? undefined : key;
    });
    if (!wanted) {
      return;
    }
    try {
      const issued = await post('api-keys', wanted);
      this.refresh();
      await ask(`The key of ${issued.name}`, ({ close }) => html`
        <p>It is shown only this once.</p>
        ${snippet(issued.key)}
        <div class="foot"><button class="button main-act" type="button" @click=${() => close(null)}>I have stored it</button></div>`);
    } catch (problem) {
      say(problem.message, 'bad');
    }
  }

  async #revoke(key) {
    const sure = await confirm({ title: `Revoke the key of ${key.name}?`, text: 'Requests with this key are refused within seconds. This cannot be undone.', act: 'Revoke', danger: true });
    if (sure && await act(() => remove(`api-keys/${key.id}`), 'Revoked.')) {
      this.refresh();
    }
  }
}
