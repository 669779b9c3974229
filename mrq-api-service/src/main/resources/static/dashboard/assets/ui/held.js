// Lists that do not move while somebody uses them: with the pointer, the focus or selected rows.

import { html, nothing } from 'lit-html';
import { createRef, ref } from 'lit-html/directives/ref.js';
import { count } from '../format.js';
import { openDialog } from './dialogs.js';

export class Held {
  #keyOf;
  #draw;
  #also;
  #region = createRef();
  #shown = [];
  #where = null;
  /** The list that was loaded last, while its order or items differ from the shown list. */
  #newest = null;
  #gone = new Set();

  /**
   * @param {(item: object) => string} keyOf what makes an item the same
   * @param {() => void} draw draws everything anew
   * @param {() => boolean} also another reason to stand still
   */
  constructor(keyOf, draw, also = () => false) {
    this.#keyOf = keyOf;
    this.#draw = draw;
    this.#also = also;
  }

  /** Takes a loaded list; the content of its items is shown at once. @param {string} where a list of another address replaces this one */
  take(items, where = '') {
    const moved = where !== this.#where;
    this.#where = where;
    if (moved || this.#shown.length === 0 || !this.isHeld) {
      this.#replace(items);
      return;
    }
    const fresh = new Map(items.map((item) => [this.#keyOf(item), item]));
    this.#gone = new Set(this.#shown.map(this.#keyOf).filter((key) => !fresh.has(key)));
    const same = items.length === this.#shown.length && items.every((item, at) => this.#keyOf(item) === this.#keyOf(this.#shown[at]));
    this.#newest = same ? null : items;
    this.#shown = this.#shown.map((item) => fresh.get(this.#keyOf(item)) ?? item);
  }

  get items() {
    return this.#shown;
  }

  /** Whether the loaded list differs from the shown one. */
  get hasNewest() {
    return this.#newest !== null;
  }

  /** Whether an item that is still shown is missing in the list that was loaded last. */
  isGone(item) {
    return this.#gone.has(this.#keyOf(item));
  }

  get isHeld() {
    const region = this.#region.value;
    return Boolean(openDialog() || region?.matches(':hover') || region?.querySelector(':focus-visible') || this.#also());
  }

  /** Attributes of the element around the list. */
  get region() {
    return ref(this.#region);
  }

  /** For `pointerleave` and `focusout` of that element. */
  release = () => {
    // Only then does the browser know where pointer and focus are.
    window.setTimeout(() => {
      if (this.#newest && !this.isHeld) {
        this.showNewest();
      }
    });
  };

  showNewest() {
    if (this.#newest) {
      this.#replace(this.#newest);
      this.#draw();
    }
  }

  #replace(items) {
    this.#shown = items;
    this.#newest = null;
    this.#gone = new Set();
  }

  /** A button that describes the changes and shows them; it takes no space in the list. */
  pill() {
    if (!this.#newest) {
      return nothing;
    }
    const known = new Set(this.#shown.map(this.#keyOf));
    const added = this.#newest.filter((item) => !known.has(this.#keyOf(item))).length;
    const text = added ? `${count(added)} new` : this.#gone.size ? `${count(this.#gone.size)} gone` : 'Order changed';
    return html`<button class="pill" type="button" @click=${() => this.showNewest()}>${text}</button>`;
  }
}
