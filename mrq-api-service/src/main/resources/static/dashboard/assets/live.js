// The live feed: one overview per second while the page is visible. A hidden tab sends no requests.

import { address } from './api.js';

const RETRY_MILLIS = 2000;

/** @typedef {'live'|'paused'|'lost'|'connecting'} Pulse */

export class Live {
  /** @type {Pulse} */ state = 'connecting';
  /** The newest overview, or null. */
  overview = null;
  #source = null;
  #paused = false;
  #retry = 0;
  #listener;

  /** @param {() => void} listener called after each change of state or data */
  constructor(listener) {
    this.#listener = listener;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.#follow());
    window.addEventListener('pagehide', () => this.#close());
    window.addEventListener('pageshow', () => this.#follow());
    this.#follow();
  }

  toggle() {
    this.#paused = !this.#paused;
    this.#follow();
  }

  #follow() {
    const wanted = !this.#paused && !document.hidden;
    if (!wanted) {
      this.#close();
      this.#become(this.#paused ? 'paused' : 'connecting');
    } else if (!this.#source) {
      this.#open();
    }
  }

  #open() {
    this.#become('connecting');
    const source = new EventSource(address('events'));
    this.#source = source;
    source.addEventListener('overview', (event) => {
      this.overview = JSON.parse(event.data);
      this.#become('live');
    });
    source.addEventListener('error', () => {
      this.#become('lost');
      if (source.readyState === EventSource.CLOSED) {
        this.#close();
        this.#retry = window.setTimeout(() => this.#follow(), RETRY_MILLIS);
      }
    });
  }

  #close() {
    window.clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #become(state) {
    this.state = state;
    this.#listener();
  }
}
