// The dialog that makes or changes a schedule, with a preview of its next slots.

import { html, nothing } from 'lit-html';
import { post } from '../api.js';
import { ask } from './dialogs.js';
import { inZone, HERE } from './schedules.js';

const PREVIEW_AFTER_MILLIS = 400;
const KINDS = {
  every: ['An interval', 'such as 90s, 5m or 1h'],
  daily_at: ['Each day', 'a time such as 03:00'],
  weekday: ['A day of the week', 'monday to sunday'],
  monthday: ['A day of the month', '1 to 31; months without it have no slot'],
  cron: ['A cron expression', 'minute, hour, day, month, weekday: 0 3 * * MON-FRI'],
};
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NUMBERS = new Set(['weekday', 'monthday', 'priority']);
const WITH_TIME = new Set(['weekday', 'monthday']);
const CHOICES = {
  misfire: { once: 'made up for once', skip: 'left out', all: 'made up for one by one' },
  overlap: { allow: 'enqueued nevertheless', skip: 'dropped', wait: 'enqueued when it has ended' },
};

/**
 * Asks for a definition.
 *
 * @param {object|null} schedule the one to change; null: a new one
 * @returns {Promise<{name: string, fields: object}|null>} null: the user went back
 */
export function askForSchedule(schedule) {
  const form = new Form(schedule);
  return ask(schedule ? `Change ${schedule.name}` : 'New schedule', (dialog) => form.body(dialog), () => form.answer());
}

class Form {
  #isNew;
  #values;
  #kind;
  #complaint = null;
  #slots = null;
  #timer = 0;
  #asked = 0;

  constructor(schedule) {
    this.#isNew = schedule === null;
    this.#kind = Object.keys(KINDS).find((kind) => schedule?.[kind] !== undefined) ?? 'every';
    this.#values = { zone: HERE, misfire: 'once', overlap: 'allow', ...schedule, params: schedule?.params ? JSON.stringify(schedule.params, null, 1) : '' };
  }

  body({ close, draw }) {
    const [, hint] = KINDS[this.#kind];
    return html`
      ${this.#isNew ? this.#text('name', 'Name', 'letters, digits and . _ : -', draw, true) : nothing}
      ${this.#text('path', 'Task', 'its path, such as reports.Nightly', draw)}
      <div class="field"><label for="s-kind">When</label>
        <select class="input" id="s-kind" @change=${(event) => { this.#kind = event.target.value; this.#preview(draw); draw(); }}>
          ${Object.entries(KINDS).map(([kind, [text]]) => html`<option value=${kind} ?selected=${kind === this.#kind}>${text}</option>`)}</select></div>
      <div class="pair">${this.#text(this.#kind, KINDS[this.#kind][0], hint, draw)}
        ${WITH_TIME.has(this.#kind) ? this.#text('at', 'At', 'a time such as 03:00', draw) : nothing}</div>
      ${this.#kind === 'every' ? nothing : this.#text('zone', 'Time zone', 'such as Europe/Berlin or UTC', draw)}
      <div class="field"><label for="s-params">Params (JSON)</label>
        <textarea class="input mono" id="s-params" rows="2" .value=${this.#values.params} @input=${(event) => this.#set('params', event, draw)}></textarea></div>
      <div class="pair">${this.#text('queue', 'Queue', 'that of the task', draw)}${this.#text('jitter', 'Jitter', '0', draw)}</div>
      <div class="pair">${this.#choice('misfire', 'Missed slots are', draw)}${this.#choice('overlap', 'A slot while a job runs is', draw)}</div>
      <div class="preview" aria-live="polite">${this.#complaint
        ? html`<p class="complaint" role="alert">${this.#complaint}</p>`
        : this.#slots === null ? html`<p class="muted small">The next slots appear here.</p>`
          : html`<p class="small"><b>Next slots</b></p><ol class="small">${this.#slots.map((slot) => html`<li>${inZone(slot.at, this.#values.zone || 'UTC')}${clock(slot)}</li>`)}</ol>`}</div>
      <div class="foot">
        <button class="button" type="button" @click=${() => close(null)}>Back</button>
        <button class="button main-act" type="submit">${this.#isNew ? 'Make it' : 'Change it'}</button>
      </div>`;
  }

  #text(name, label, hint, draw, autofocus = false) {
    return html`<div class="field"><label for="s-${name}">${label}</label>
      <input class="input" id="s-${name}" autocomplete="off" ?autofocus=${autofocus} placeholder=${hint} .value=${String(this.#values[name] ?? '')} @input=${(event) => this.#set(name, event, draw)}></div>`;
  }

  #choice(name, label, draw) {
    return html`<div class="field"><label for="s-${name}">${label}</label>
      <select class="input" id="s-${name}" @change=${(event) => this.#set(name, event, draw)}>
        ${Object.entries(CHOICES[name]).map(([value, text]) => html`<option value=${value} ?selected=${value === this.#values[name]}>${text}</option>`)}</select></div>`;
  }

  #set(name, event, draw) {
    this.#values[name] = event.target.value;
    this.#preview(draw);
  }

  /** Asks the server for the next slots when nothing was typed for a moment. */
  #preview(draw) {
    window.clearTimeout(this.#timer);
    if (!this.#values.path || !this.#values[this.#kind] && this.#values[this.#kind] !== 0) {
      return;
    }
    this.#timer = window.setTimeout(async () => {
      this.#asked += 1;
      const mine = this.#asked;
      try {
        const { items } = await post('schedules/preview', this.#fields());
        if (mine === this.#asked) {
          this.#slots = items;
          this.#complaint = null;
        }
      } catch (problem) {
        if (mine === this.#asked) {
          this.#slots = null;
          this.#complaint = problem.message;
        }
      }
      draw();
    }, PREVIEW_AFTER_MILLIS);
  }

  answer() {
    try {
      const name = String(this.#values.name ?? '').trim();
      if (name === '') {
        throw new Error('A name is required.');
      }
      return { name, fields: this.#fields() };
    } catch (problem) {
      this.#complaint = problem.message;
      return undefined;
    }
  }

  #fields() {
    const fields = { params: this.#params() };
    for (const name of ['path', this.#kind, 'at', 'zone', 'queue', 'priority', 'jitter', 'misfire', 'window', 'overlap', 'start', 'end']) {
      const value = this.#values[name];
      if (value !== undefined && value !== null && value !== '' && (name !== 'at' || WITH_TIME.has(this.#kind))) {
        fields[name] = NUMBERS.has(name) ? number(name, value) : String(value);
      }
    }
    return fields;
  }

  #params() {
    const text = this.#values.params.trim();
    if (text === '') {
      return {};
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new Error('The params must be a JSON object, such as {"days": 7}.');
    }
  }
}

/** A number as it was typed; a day of the week may be a name. */
function number(name, value) {
  const day = DAYS.indexOf(String(value).slice(0, 3).toLowerCase());
  const given = name === 'weekday' && day >= 0 ? day : Number(value);
  if (!Number.isInteger(given)) {
    throw new Error(name === 'weekday' ? 'The day of the week must be a name such as monday.' : `The ${name} must be a whole number.`);
  }
  return given;
}

/** A remark where the clock was put since the slot before. */
export function clock(slot) {
  return slot.clock ? html` <span class="badge plain">clock put ${slot.clock}</span>` : nothing;
}
