// The base of every page: loads without flicker, shows errors with a retry, sends one request at a time.

import { html, nothing } from 'lit-html';
import { failure, skeleton } from './ui/parts.js';

const SPINNER_AFTER_MILLIS = 300;
/** Statuses of refusals that a retry may change. */
const PASSING = new Set([401, 408, 425, 429]);

export class Page {
  title = '';
  /** The data that was loaded last; it stays on the screen while new data is loading. */
  data = null;
  problem = null;
  #slow = false;
  #request = null;
  /** The address that the data belongs to. */
  #of = null;

  /** @param {() => void} draw redraws the page @param {string|null} id the id of what the page shows */
  constructor(draw, id = null) {
    this.draw = draw;
    this.id = id;
  }

  /** Loads the page's data. @param {AbortSignal} _signal @returns {Promise<unknown>} */
  async load(_signal) {
    return {};
  }

  /** Why the address cannot be loaded at all, or null. */
  get why() {
    return null;
  }

  /** The part above the data, which is also shown without data. */
  above() {
    return nothing;
  }

  /** @returns {unknown} what is shown once there is data */
  content() {
    return nothing;
  }

  /** The part beside the title. */
  tools() {
    return nothing;
  }

  /** The keyboard shortcuts of this page: key → action. */
  keys() {
    return {};
  }

  /** Why no action is possible on the shown data, or null: the data may not belong to the address. */
  get unsure() {
    return this.why ?? (this.#of === location.search && !this.isRefused ? null : 'These rows do not belong to the current filter yet.');
  }

  /** Called when the address has changed: earlier requests no longer matter. */
  moved() {
    this.reload();
  }

  /** Loads at once, even when a request is running or was refused before. */
  reload() {
    this.#request?.abort();
    this.#request = null;
    this.problem = null;
    return this.refresh();
  }

  dispose() {
    this.#request?.abort();
  }

  /** Whether the server would refuse the same request again. */
  get isRefused() {
    const { status } = this.problem ?? {};
    return status >= 400 && status < 500 && !PASSING.has(status);
  }

  /** Reloads, unless a request is running or would be refused again. */
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
