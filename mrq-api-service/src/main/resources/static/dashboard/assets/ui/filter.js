// The filter bar: conditions as chips, stored in the address, with suggestions from the server.

import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { here, go, link } from '../router.js';
import { ALIASES, FIELDS, JOB_ID, badValue, complaint, fieldOf, kept, sent } from './conditions.js';
import { seen } from './foreign.js';
import { icon } from './icons.js';
import { notice } from './parts.js';

const SUGGESTED = new Set(['status', 'queue', 'path', 'exceptiontype', 'worker']);
/** Parameters of an address that are not conditions. */
const OTHERS = new Set(['view', 'after', 'sort', 'show', 'group']);

export class FilterBar {
  #page;
  #fields;
  #draw;
  #changed;
  #text = '';
  /** The suggestions, each with the whole text that it stands for. */
  #options = [];
  #at = -1;
  #asked = 0;
  /** Entered texts that are not conditions. */
  #wrong = [];

  /** @param {string} page whose address contains the filter @param {string[]} fields the fields that the page supports @param {() => void} draw @param {() => void} changed called when the errors have changed, but not the address */
  constructor(page, fields, draw, changed) {
    this.#changed = changed;
    this.#page = page;
    this.#fields = fields;
    this.#draw = draw;
  }

  /** The conditions of the address, for the API. */
  query() {
    const query = {};
    for (const [name, value] of this.#conditions()) {
      (query[name] ??= []).push(sent(name, value) ?? value);
    }
    return query;
  }

  #conditions() {
    return [...here().query].filter(([name]) => this.#fields.includes(name));
  }

  get isSet() {
    return this.#conditions().length > 0;
  }

  /** The invalid conditions, each with its text and the reason; with any of them nothing is searched. */
  get faults() {
    const inAddress = [...here().query]
      .filter(([name]) => !OTHERS.has(name))
      .map(([name, value]) => ({ name, value, text: `${name}: ${value}`, why: this.#fields.includes(name) ? badValue(name, value) : complaint(`${name}:${value}`, this.#fields) }))
      .filter(({ why }) => why);
    return [...inAddress, ...this.#wrong.map((text) => ({ text, why: complaint(text, this.#fields) }))];
  }

  /** Why no action on the matching jobs is possible, or null. */
  get why() {
    return this.faults.length ? 'The filter is not valid: remove the red condition first.' : null;
  }

  template() {
    const { faults } = this;
    const bad = new Set(faults.map(({ text }) => text));
    const chips = this.#conditions();
    const open = this.#options.length > 0;
    const some = chips.length + faults.length > 0;
    return html`<search class="filter" @focusout=${(event) => this.#left(event)}>
      <div class="box ${faults.length ? 'wrong' : ''}">
        ${icon('search')}
        ${chips.filter(([name, value]) => !bad.has(`${name}: ${value}`)).map(([name, value]) => this.#chip(`${name}: ${value}`, '', () => this.#remove(name, value)))}
        ${faults.map((fault) => this.#chip(fault.text, 'wrong', () => this.#drop(fault)))}
        <input id="filter" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-label="Filter" aria-autocomplete="list"
          aria-expanded=${open ? 'true' : 'false'} aria-controls="filter-options" aria-activedescendant=${this.#at >= 0 ? `option-${this.#at}` : nothing}
          aria-invalid=${faults.length ? 'true' : 'false'} aria-describedby=${faults.length ? 'filter-faults' : nothing}
          placeholder=${some ? 'and …' : `Filter by ${this.#fields.slice(0, 4).join(', ')} … or a job's id`}
          .value=${this.#text} @input=${(event) => this.#typed(event.target.value)} @focus=${() => this.#suggest()} @keydown=${(event) => this.#key(event)}>
        ${some ? html`<button class="button small" type="button" @click=${() => this.#set([])}>Clear</button>` : nothing}
      </div>
      <ul class="options" id="filter-options" role="listbox" aria-label="Suggestions" ?hidden=${!open}>
        ${this.#options.map((option, at) => html`<li role="option" id="option-${at}" aria-selected=${at === this.#at ? 'true' : 'false'}
          @mousedown=${(event) => { event.preventDefault(); this.#take(option); }}>${seen(option.text)}<span class="hint">${option.hint}</span></li>`)}
      </ul>
      ${faults.length ? html`<div id="filter-faults">${notice('bad', 'The filter is not valid', faults.map(({ why }) => html`<div>${seen(why)}</div>`))}</div>` : nothing}
    </search>`;
  }

  #chip(text, kind, remove) {
    return html`<span class="chip ${kind}"><span title=${seen(text)}>${seen(text)}</span>
      <button type="button" aria-label="Remove ${seen(text)}" @click=${remove}>${icon('close')}</button></span>`;
  }

  #typed(text) {
    this.#text = text;
    // Until the server answers, the suggestions that still match stay: Enter takes what is visible.
    const whole = this.#whole();
    this.#options = this.#options.filter((option) => option.whole.startsWith(whole));
    this.#mark();
    this.#draw();
    this.#suggest();
  }

  /** The text with the name of the field in place of an alias. */
  #whole() {
    const typed = this.#text.trim();
    const colon = typed.indexOf(':');
    const field = colon > 0 ? fieldOf(typed.slice(0, colon), this.#fields) : null;
    return field ? `${field}:${typed.slice(colon + 1).trim()}` : typed;
  }

  #mark() {
    this.#at = this.#options.length > 0 && this.#text.trim() ? 0 : -1;
  }

  async #suggest() {
    const asked = ++this.#asked;
    const typed = this.#text.trim();
    const colon = typed.indexOf(':');
    const field = colon > 0 ? fieldOf(typed.slice(0, colon), this.#fields) : null;
    const found = field ? await this.#values(field, typed.slice(colon + 1).trim()) : this.#names(typed);
    if (asked === this.#asked) {
      this.#options = found;
      this.#mark();
      this.#draw();
    }
  }

  #names(typed) {
    if (JOB_ID.test(typed)) {
      return [{ text: typed, whole: typed, hint: 'open this job', take: () => go(link('jobs', {}, typed)) }];
    }
    return this.#fields
      .filter((field) => field.startsWith(typed) || Object.keys(ALIASES).some((alias) => ALIASES[alias] === field && typed && alias.startsWith(typed)))
      .map((field) => ({ text: `${field}:`, whole: `${field}:`, hint: FIELDS[field], take: () => this.#typed(`${field}:`) }));
  }

  async #values(field, prefix) {
    const own = prefix && !badValue(field, prefix) ? [{ text: prefix, whole: `${field}:${prefix}`, hint: `${field} is exactly this`, take: () => this.#add(field, prefix) }] : [];
    if (!SUGGESTED.has(field)) {
      return own;
    }
    try {
      const { items } = await get('suggestions', { field, prefix });
      const known = items.map(({ value, label }) => ({ text: label ? `${label} · ${value}` : value, whole: `${field}:${value}`, hint: field, take: () => this.#add(field, value) }));
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
    } else if (event.key === 'Enter' && size > 0 && (this.#at >= 0 || this.#text.trim() === '')) {
      event.preventDefault();
      this.#take(this.#options[Math.max(0, this.#at)]);
    } else if (event.key === 'Enter' && this.#text.trim() !== '') {
      event.preventDefault();
      this.#enter(this.#text.trim());
    } else if (event.key === 'Escape') {
      this.#close();
    } else if (event.key === 'Backspace' && this.#text === '') {
      if (this.#wrong.length) {
        this.#drop({ text: this.#wrong.at(-1) });
      } else {
        this.#set(this.#conditions().slice(0, -1));
      }
    }
  }

  /** Takes the typed text; a text that is not a condition stays visible as an invalid one. */
  #enter(text) {
    const colon = text.indexOf(':');
    if (JOB_ID.test(text)) {
      this.#text = '';
      go(link('jobs', {}, text));
    } else if (complaint(text, this.#fields)) {
      this.#wrong = [...this.#wrong.filter((one) => one !== text), text];
      this.#text = '';
      this.#close();
    } else {
      this.#add(fieldOf(text.slice(0, colon).trim(), this.#fields), text.slice(colon + 1).trim());
    }
  }

  #drop({ name, value, text }) {
    if (name === undefined) {
      this.#wrong = this.#wrong.filter((one) => one !== text);
      this.#changed();
    } else {
      go(link(this.#page, new URLSearchParams([...here().query].filter(([n, v]) => n !== name || v !== value))));
    }
    this.#draw();
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

  /** A filter can have several statuses; of any other field the newest value counts. */
  #add(field, value) {
    const all = this.#conditions().filter(([name, one]) => (field === 'status' ? name !== field || one !== value : name !== field));
    this.#put([...all, [field, kept(field, value)]]);
  }

  #remove(name, value) {
    this.#put(this.#conditions().filter(([n, v]) => n !== name || v !== value));
  }

  #set(conditions) {
    this.#wrong = [];
    this.#put(conditions);
  }

  #put(conditions) {
    this.#text = '';
    this.#options = [];
    const others = [...here().query].filter(([name]) => name === 'view' || name === 'sort');
    go(link(this.#page, new URLSearchParams([...conditions, ...others])));
  }
}
