// A box that stays scrolled to its end while lines are added, until the user scrolls up.

const NEAR = 24;

class Follow extends HTMLElement {
  #follows = true;
  #growth = new MutationObserver(() => this.#settle());
  #sizes = new ResizeObserver(() => this.#settle());
  #onScroll = () => {
    this.#follows = this.scrollHeight - this.scrollTop - this.clientHeight < NEAR;
    this.toggleAttribute('behind', !this.#follows);
  };

  connectedCallback() {
    this.#growth.observe(this, { childList: true, subtree: true });
    this.#sizes.observe(this);
    this.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#settle();
  }

  disconnectedCallback() {
    this.#growth.disconnect();
    this.#sizes.disconnect();
    this.removeEventListener('scroll', this.#onScroll);
  }

  /** Scrolls to the end and stays there. */
  toEnd() {
    this.#follows = true;
    this.#settle();
  }

  #settle() {
    if (this.#follows) {
      this.scrollTop = this.scrollHeight;
    }
  }
}

customElements.define('mrq-follow', Follow);
