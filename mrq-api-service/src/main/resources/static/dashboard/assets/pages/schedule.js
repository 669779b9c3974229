import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { between, duration } from '../format.js';
import { Page } from '../page.js';
import { go, link } from '../router.js';
import { foreign, seen } from '../ui/foreign.js';
import { badge, notice, time } from '../ui/parts.js';
import { clock } from '../ui/schedule-form.js';
import { HERE, inZone, nextSlot, policies, slotTone, standing, strip, when } from '../ui/schedules.js';
import { json } from '../ui/values.js';
import { dropButton, tools } from './recurring.js';

const SLOTS = 5;
/** How many jobs are read at once to see how long they took. */
const READ_AT_ONCE = 10;
const ENDED = new Set(['success', 'failed', 'timeout', 'abort', 'maxretries']);

/** One schedule: what it says, its next slots and what became of the last. */
export class SchedulePage extends Page {
  /** How long jobs took, by their ids; each is read once. */
  #took = new Map();

  constructor(draw, id) {
    super(draw, id);
    this.title = seen(id);
  }

  async load(signal) {
    const path = `schedules/${encodeURIComponent(this.id)}`;
    const [schedule, next] = await Promise.all([get(path, {}, signal), get(`${path}/next`, { n: SLOTS, zone: HERE }, signal)]);
    await this.#read(schedule.history.filter((slot) => ENDED.has(slot.status) && !this.#took.has(slot.job)).slice(-READ_AT_ONCE), signal);
    return { schedule, next: next.items };
  }

  async #read(slots, signal) {
    await Promise.all(slots.map(async ({ job }) => {
      try {
        const { datestarted, dateupdated } = await get(`jobs/${job}`, {}, signal);
        this.#took.set(job, between(datestarted, dateupdated));
      } catch (problem) {
        if (problem.status === 404) {
          this.#took.set(job, null);
        }
      }
    }));
  }

  /** `4.2 s, usually 3.9 s`: the last run beside the median of those before. */
  #usual(history) {
    const known = history.map((slot) => this.#took.get(slot.job)).filter((took) => took !== undefined && took !== null);
    if (known.length === 0) {
      return null;
    }
    const last = known.at(-1);
    const before = known.slice(0, -1).sort((a, b) => a - b);
    return before.length ? `${duration(last)}, usually ${duration(before[Math.floor(before.length / 2)])}` : duration(last);
  }

  tools() {
    const schedule = this.data?.schedule;
    return schedule ? html`${tools(schedule, () => this.refresh())}${dropButton(schedule, () => go(link('recurring')))}` : nothing;
  }

  content() {
    const { schedule, next } = this.data;
    return html`
      ${schedule.overdue ? notice('bad', 'It is overdue', 'No scheduler enqueues its job. Start the scheduler service, or check its log.') : nothing}
      ${schedule.missed ? notice('warn', 'A slot did not run', html`That of ${inZone(schedule.missed, schedule.zone)}. Run it by hand if it is still needed.`) : nothing}
      ${schedule.pause ? notice('info', 'It is paused', html`${schedule.pause.why ? html`“${foreign(schedule.pause.why)}” – ` : nothing}${foreign(schedule.pause.who)}, ${time(schedule.pause.at)}`) : nothing}
      <section class="panel"><header><h2>${when(schedule)}</h2></header><div class="body">
        <dl class="facts">
          <div><dt>Task</dt><dd><a href=${link('jobs', { path: schedule.path })}>${foreign(schedule.path)}</a></dd></div>
          <div><dt>Queue</dt><dd>${schedule.queue ? foreign(schedule.queue) : 'that of the task'}</dd></div>
          ${schedule.cron ? html`<div><dt>Cron</dt><dd class="mono">${schedule.cron}</dd></div>` : nothing}
          <div><dt>Time zone</dt><dd>${schedule.zone}</dd></div>
          <div><dt>Defined by</dt><dd>${schedule.owner === 'api' ? 'the API or this dashboard' : foreign(schedule.owner)}</dd></div>
          <div><dt>Policies</dt><dd>${policies(schedule)}${schedule.misfire === 'all' ? `, back to ${schedule.window}` : ''}</dd></div>
          ${this.#usual(schedule.history) ? html`<div><dt>Last run took</dt><dd>${this.#usual(schedule.history)}</dd></div>` : nothing}
          ${schedule.jitter ? html`<div><dt>Jitter</dt><dd>${schedule.jitter}</dd></div>` : nothing}
          ${schedule.start ? html`<div><dt>Start</dt><dd>${inZone(schedule.start, schedule.zone)}</dd></div>` : nothing}
          ${schedule.end ? html`<div><dt>End</dt><dd>${inZone(schedule.end, schedule.zone)}</dd></div>` : nothing}
          ${schedule.params ? html`<div><dt>Params</dt><dd>${json(schedule.params)}</dd></div>` : nothing}
        </dl></div></section>
      <div class="split">
        <section class="panel table-wrap"><header><h2>Last slots</h2><div class="tools">${strip(schedule)}</div></header>
          <table class="cards"><thead><tr><th>Slot</th><th>State</th><th class="num">Late</th><th class="num">Took</th><th>Job</th></tr></thead>
          <tbody>${schedule.history.toReversed().map((slot) => this.#row(slot, schedule))}</tbody></table></section>
        <section class="panel"><header><h2>Next slots</h2></header><div class="body">
          ${schedule.paused ? html`<p class="muted">As if it were not paused.</p>` : nothing}
          ${next.length ? html`<ol class="slots">${next.map((slot) => html`<li><time datetime=${slot.at} title=${slot.local}>${inZone(slot.at, schedule.zone)}</time>${clock(slot)}
            ${schedule.zone === HERE ? nothing : html`<span class="sub muted small">here ${inZone(slot.at, HERE)}</span>`}</li>`)}</ol>` : nextSlot({ ...schedule, paused: false })}
        </div></section>
      </div>`;
  }

  #row(slot, schedule) {
    return html`<tr><td class="name"><time datetime=${slot.slot}>${inZone(slot.slot, schedule.zone)}</time></td>
      <td>${slot.status ? badge(slot.status) : html`<span class="badge ${slotTone(slot)}">${standing(slot)}</span>`}
        ${slot.outcome === 'by_hand' ? html`<span class="sub">run by hand</span>` : nothing}${slot.who ? html`<span class="sub">by ${foreign(slot.who)}</span>` : nothing}</td>
      <td class="num" data-label="Late">${slot.late >= 1 ? duration(slot.late) : '–'}</td>
      <td class="num" data-label="Took">${this.#took.get(slot.job) === undefined ? '–' : duration(this.#took.get(slot.job))}</td>
      <td>${slot.status ? html`<a class="mono" href=${link('jobs', {}, slot.job)} aria-label="Job ${seen(slot.job)}">${slot.job}</a>` : html`<span class="muted mono">${slot.job ?? '–'}</span>`}</td></tr>`;
  }
}
