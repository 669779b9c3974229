// What every page shares: loading without flashes, faults that can be tried again, one request at a time.

import { html, nothing } from 'lit-html';
import { failure, skeleton } from './ui/parts.js';

const SPINNER_AFTER_MILLIS = 300;

export class Page {
  title = '';
  /** What was loaded last; it stays on the screen while the next is on its way. */
  data = null;
  problem = null;
  #slow = false;
  #request = null;

  /** @param {() => void} draw draws everything anew @param {string|null} id the thing that the page is about */
  constructor(draw, id = null) {
    this.draw = draw;
    this.id = id;
  }

  /** Loads the page's data. @param {AbortSignal} _signal @returns {Promise<unknown>} */
  async load(_signal) {
    return {};
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

  /** The address changed below the page: what was asked before does not matter any more. */
  moved() {
    this.#request?.abort();
    this.#request = null;
    this.refresh();
  }

  dispose() {
    this.#request?.abort();
  }

  /** Loads anew unless a request is on its way already. */
  async refresh() {
    if (this.#request) {
      return;
    }
    const request = new AbortController();
    this.#request = request;
    const spinner = window.setTimeout(() => { this.#slow = true; this.draw(); }, SPINNER_AFTER_MILLIS);
    try {
      const loaded = await this.load(request.signal);
      if (!request.signal.aborted) {
        this.data = loaded;
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
        ${this.problem ? failure(this.problem, () => this.refresh()) : nothing}
        ${this.data ? this.content() : this.#slow && !this.problem ? skeleton(8) : nothing}
      </div>`;
  }
}
