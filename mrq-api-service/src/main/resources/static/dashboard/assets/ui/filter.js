// The filter bar: conditions as chips, kept in the address, with suggestions from the server.

import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { here, go, link } from '../router.js';
import { icon } from './icons.js';

/** What can be asked, in words. */
export const FIELDS = {
  status: 'where it stands',
  queue: 'where it waits or waited',
  path: 'the task',
  exceptiontype: 'of the last failure',
  worker: 'who runs it, or ran it last',
  fingerprint: 'failures of one kind',
  parent: 'children of a job',
  since: 'enqueued at or after, 2026-01-31T08:00:00Z',
  until: 'enqueued before',
};
const SUGGESTED = new Set(['status', 'queue', 'path', 'exceptiontype', 'worker']);
const ALIASES = { state: 'status', task: 'path', error: 'exceptiontype', after: 'since', before: 'until' };
const JOB_ID = /^[0-9a-f]{24}$/;

export class FilterBar {
  #page;
  #fields;
  #draw;
  #text = '';
  #options = [];
  #at = -1;
  #asked = 0;

  /** @param {string} page whose address holds the filter @param {string[]} fields which it may use @param {() => void} draw */
  constructor(page, fields, draw) {
    this.#page = page;
    this.#fields = fields;
    this.#draw = draw;
  }

  /** The conditions of the address, as the API takes them. */
  query() {
    const query = {};
    for (const [name, value] of here().query) {
      if (this.#fields.includes(name)) {
        (query[name] ??= []).push(value);
      }
    }
    return query;
  }

  get isSet() {
    return Object.keys(this.query()).length > 0;
  }

  template() {
    const chips = Object.entries(this.query()).flatMap(([name, values]) => values.map((value) => [name, value]));
    const open = this.#options.length > 0;
    return html`<search class="filter" @focusout=${(event) => this.#left(event)}>
      <div class="box">
        ${icon('search')}
        ${chips.map(([name, value]) => html`<span class="chip"><span title=${value}>${name}: ${value}</span>
          <button type="button" aria-label="Remove ${name}: ${value}" @click=${() => this.#remove(name, value)}>${icon('close')}</button></span>`)}
        <input id="filter" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-label="Filter" aria-autocomplete="list"
          aria-expanded=${open ? 'true' : 'false'} aria-controls="filter-options" aria-activedescendant=${this.#at >= 0 ? `option-${this.#at}` : nothing}
          placeholder=${chips.length ? 'and …' : `Filter by ${this.#fields.slice(0, 4).join(', ')} … or a job's id`}
          .value=${this.#text} @input=${(event) => this.#typed(event.target.value)} @focus=${() => this.#suggest()} @keydown=${(event) => this.#key(event)}>
        ${chips.length ? html`<button class="button small" type="button" @click=${() => this.#set([])}>Clear</button>` : nothing}
      </div>
      <ul class="options" id="filter-options" role="listbox" aria-label="Suggestions" ?hidden=${!open}>
        ${this.#options.map((option, at) => html`<li role="option" id="option-${at}" aria-selected=${at === this.#at ? 'true' : 'false'}
          @mousedown=${(event) => { event.preventDefault(); this.#take(option); }}>${option.text}<span class="hint">${option.hint}</span></li>`)}
      </ul>
    </search>`;
  }

  #typed(text) {
    this.#text = text;
    this.#suggest();
  }

  async #suggest() {
    const asked = ++this.#asked;
    const typed = this.#text.trim();
    const colon = typed.indexOf(':');
    const field = colon > 0 ? this.#field(typed.slice(0, colon)) : null;
    const found = field ? await this.#values(field, typed.slice(colon + 1).trim()) : this.#names(typed);
    if (asked === this.#asked) {
      this.#options = found;
      this.#at = found.length > 0 && typed ? 0 : -1;
      this.#draw();
    }
  }

  #field(name) {
    const field = ALIASES[name] ?? name;
    return this.#fields.includes(field) ? field : null;
  }

  #names(typed) {
    if (JOB_ID.test(typed)) {
      return [{ text: typed, hint: 'open this job', take: () => go(link('jobs', {}, typed)) }];
    }
    return this.#fields
      .filter((field) => field.startsWith(typed) || Object.keys(ALIASES).some((alias) => ALIASES[alias] === field && typed && alias.startsWith(typed)))
      .map((field) => ({ text: `${field}:`, hint: FIELDS[field], take: () => this.#typed(`${field}:`) }));
  }

  async #values(field, prefix) {
    const own = prefix ? [{ text: prefix, hint: `${field} is exactly this`, take: () => this.#add(field, prefix) }] : [];
    if (!SUGGESTED.has(field)) {
      return own;
    }
    try {
      const { items } = await get('suggestions', { field, prefix });
      const known = items.map(({ value, label }) => ({ text: label ? `${label} · ${value}` : value, hint: field, take: () => this.#add(field, value) }));
      return items.some(({ value }) => value === prefix) ? known : [...known, ...own];
    } catch {
      return own;
    }
  }

  #key(event) {
    const size = this.#options.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.#at = size === 0 ? -1 : (this.#at + (event.key === 'ArrowDown' ? 1 : size - 1) + (this.#at < 0 && event.key === 'ArrowUp' ? 1 : 0)) % size;
      this.#draw();
    } else if (event.key === 'Enter' && size > 0) {
      event.preventDefault();
      this.#take(this.#options[Math.max(0, this.#at)]);
    } else if (event.key === 'Escape') {
      this.#close();
    } else if (event.key === 'Backspace' && this.#text === '') {
      const all = [...here().query].filter(([name]) => this.#fields.includes(name));
      this.#set(all.slice(0, -1));
    }
  }

  #take(option) {
    this.#options = [];
    this.#at = -1;
    option.take();
  }

  #left(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      this.#close();
    }
  }

  #close() {
    this.#asked += 1;
    this.#options = [];
    this.#at = -1;
    this.#draw();
  }

  /** Of a status several may hold; of anything else the newest counts. */
  #add(field, value) {
    const all = [...here().query].filter(([name, one]) => this.#fields.includes(name) && (field === 'status' ? name !== field || one !== value : name !== field));
    this.#set([...all, [field, value]]);
  }

  #remove(name, value) {
    this.#set([...here().query].filter(([n, v]) => this.#fields.includes(n) && (n !== name || v !== value)));
  }

  #set(conditions) {
    this.#text = '';
    this.#options = [];
    const kept = [...here().query].filter(([name]) => name === 'view');
    go(link(this.#page, new URLSearchParams([...conditions, ...kept])));
  }
}
