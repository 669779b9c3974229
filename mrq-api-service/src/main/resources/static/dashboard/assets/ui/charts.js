// Charts drawn by uPlot, as custom elements. Each has an equivalent text for screen readers.

import uPlot from 'uplot';

const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const colour = (name) => {
  // Only the browser can resolve light-dark(), so it computes the colour.
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
};

const faded = (rgb, part) => rgb.replace('rgb(', 'rgba(').replace(')', `, ${part})`);

/** The base of both charts: follows the size of its box, its data and the theme. */
class Plot extends HTMLElement {
  #plot = null;
  #data = null;
  #sizes = new ResizeObserver(() => this.#resize());
  #themes = new MutationObserver(() => this.#rebuild());
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #onScheme = () => this.#rebuild();

  connectedCallback() {
    this.#sizes.observe(this);
    this.#themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.#scheme.addEventListener('change', this.#onScheme);
    this.#rebuild();
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
    this.#themes.disconnect();
    this.#scheme.removeEventListener('change', this.#onScheme);
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** Columns in the form that uPlot needs: first x, then each series. */
  set data(columns) {
    this.#data = columns;
    if (this.#plot) {
      this.#plot.setData(columns);
    } else if (this.isConnected) {
      this.#rebuild();
    }
  }

  #resize() {
    if (this.#plot) {
      this.#plot.setSize(this.#size());
    } else {
      this.#rebuild();
    }
  }

  #size() {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  #rebuild() {
    this.#plot?.destroy();
    this.#plot = null;
    if (this.#data && this.clientWidth > 0) {
      this.#plot = new uPlot({ ...this.options(), ...this.#size() }, this.#data, this);
    }
  }
}

/** Lines over time: jobs enqueued, succeeded and failed per second. */
class Trend extends Plot {
  options() {
    const line = colour('line');
    const ink = colour('muted');
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const series = (name, label, fill) => ({ label, stroke: colour(name), width: 1.75, fill: fill ? faded(colour(name), fill) : undefined, points: { show: false } });
    return {
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      padding: [8, 8, 0, 0],
      scales: { x: { time: true }, y: { range: (_, low, high) => [0, Math.max(1, high * 1.15)] } },
      axes: [{ ...axis, space: 80, values: (_, seconds) => seconds.map((second) => minute.format(second * 1000)) }, { ...axis, size: 44, space: 40, values: (_, values) => values.map((v) => (v >= 1000 ? `${v / 1000}k` : v)) }],
      series: [{}, series('wait', 'In', 0.08), series('good', 'Done', 0.08), series('bad', 'Failed', 0.25)],
    };
  }
}

/** A small history without axes. */
class Spark extends Plot {
  options() {
    const bad = colour(this.getAttribute('tone') ?? 'bad');
    return {
      legend: { show: false },
      cursor: { show: false },
      padding: [2, 0, 0, 0],
      scales: { x: { time: false, range: (_, low, high) => [low - 0.6, high + 0.6] }, y: { range: (_, low, high) => [0, Math.max(1, high)] } },
      axes: [{ show: false }, { show: false }],
      series: [{}, { stroke: bad, fill: bad, width: 0, paths: uPlot.paths.bars({ size: [0.72, 12] }), points: { show: false } }],
    };
  }
}

customElements.define('mrq-trend', Trend);
customElements.define('mrq-spark', Spark);
