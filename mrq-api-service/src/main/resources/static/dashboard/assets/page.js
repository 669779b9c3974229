// What every page shares: loading without flashes, faults that can be tried again, one request at a time.

import { html, nothing } from 'lit-html';
import { failure, skeleton } from './ui/parts.js';

const SPINNER_AFTER_MILLIS = 300;
/** Refusals that another try may change. */
const PASSING = new Set([401, 408, 425, 429]);

export class Page {
  title = '';
  /** What was loaded last; it stays on the screen while the next is on its way. */
  data = null;
  problem = null;
  #slow = false;
  #request = null;
  /** The address that the data is of. */
  #of = null;

  /** @param {() => void} draw draws everything anew @param {string|null} id the thing that the page is about */
  constructor(draw, id = null) {
    this.draw = draw;
    this.id = id;
  }

  /** Loads the page's data. @param {AbortSignal} _signal @returns {Promise<unknown>} */
  async load(_signal) {
    return {};
  }

  /** Why what the address asks for cannot be loaded at all, or null. */
  get why() {
    return null;
  }

  /** What is shown above the data, and also when there is none. */
  above() {
    return nothing;
  }

  /** @returns {unknown} what is shown once there is data */
  content() {
    return nothing;
  }

  /** What is shown beside the title. */
  tools() {
    return nothing;
  }

  /** Keys of this page: key → what it does. */
  keys() {
    return {};
  }

  /** Why nothing may be done with what is shown, or null: it is not what the address asks for. */
  get unsure() {
    return this.why ?? (this.#of === location.search && !this.isRefused ? null : 'These rows are not of this filter yet.');
  }

  /** The address changed below the page: what was asked before does not matter any more. */
  moved() {
    this.reload();
  }

  /** Loads at once, whatever is on its way or was refused before. */
  reload() {
    this.#request?.abort();
    this.#request = null;
    this.problem = null;
    return this.refresh();
  }

  dispose() {
    this.#request?.abort();
  }

  /** The server will say the same again, however often it is asked. */
  get isRefused() {
    const { status } = this.problem ?? {};
    return status >= 400 && status < 500 && !PASSING.has(status);
  }

  /** Loads anew unless a request is on its way already, or it is known that there is no answer. */
  async refresh() {
    if (this.#request || this.why || this.isRefused) {
      this.draw();
      return;
    }
    const request = new AbortController();
    const address = location.search;
    this.#request = request;
    const spinner = window.setTimeout(() => { this.#slow = true; this.draw(); }, SPINNER_AFTER_MILLIS);
    try {
      const loaded = await this.load(request.signal);
      if (!request.signal.aborted) {
        this.data = loaded;
        this.#of = address;
        this.problem = null;
      }
    } catch (problem) {
      if (!request.signal.aborted) {
        this.problem = problem;
      }
    } finally {
      window.clearTimeout(spinner);
      if (this.#request === request) {
        this.#request = null;
        this.#slow = false;
        this.draw();
      }
    }
  }

  render() {
    return html`
      <div class="page-head"><h1>${this.title}</h1><div class="tools">${this.tools()}</div></div>
      <div class="stack">
        ${this.above()}
        ${this.problem ? failure(this.problem, () => this.reload()) : nothing}
        ${this.data
          ? html`<div class="stack loaded ${this.unsure ? 'unsure' : ''} ${this.#slow ? 'slow' : ''}">${this.content()}</div>`
          : this.#slow && !this.problem ? skeleton(8) : nothing}
      </div>`;
  }
}
