import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { get, post, put, remove } from '../api.js';
import { Page } from '../page.js';
import { here, link } from '../router.js';
import { act, forbidden } from '../ui/act.js';
import { confirm } from '../ui/dialogs.js';
import { foreign, seen } from '../ui/foreign.js';
import { Held } from '../ui/held.js';
import { icon } from '../ui/icons.js';
import { button, empty, notice, time } from '../ui/parts.js';
import { askForSchedule } from '../ui/schedule-form.js';
import { nextSlot, policies, strip, when } from '../ui/schedules.js';

const LIMIT = 200;
const EXAMPLE = `curl -X PUT ${new URL('../api/v1/schedules/hello', document.baseURI)} -H 'Content-Type: application/json' \\\n  -d '{"path": "mrq.tasks.Echo", "every": "1m"}'`;

/** All schedules, or the one that the address names by `name`. */
export class RecurringPage extends Page {
  title = 'Recurring';
  #held = new Held((schedule) => schedule.name, () => this.draw());

  async load(signal) {
    const schedules = await get('schedules', { limit: LIMIT }, signal);
    this.#held.take(schedules.items);
    return schedules;
  }

  tools() {
    return button({ text: 'New schedule', kind: 'main-act', why: forbidden(), act: () => define(null, () => this.refresh()) });
  }

  content() {
    const name = here().query.get('name');
    const items = this.#held.items.filter((schedule) => name === null || schedule.name === name);
    if (this.#held.items.length === 0) {
      return html`<section class="panel">${empty('Nothing recurs yet', 'A schedule enqueues a job again and again. Make one here or by the API, declare it by @MrqSchedule beside a task, or by mrq.schedules.* in the configuration.', EXAMPLE)}</section>`;
    }
    return html`
      ${name === null ? nothing : notice('info', html`Only ${foreign(name)} is shown`, '', html`<a class="button small" href=${link('recurring')}>Show all</a>`)}
      ${this.data.next ? notice('info', `The first ${LIMIT} schedules are shown`, 'The API lists all of them.') : nothing}
      <section class="panel held" ${this.#held.region} @pointerleave=${this.#held.release} @focusout=${this.#held.release}>
      ${this.#held.pill()}
      <div class="table-wrap"><table class="cards schedules-table">
      <thead><tr><th>Schedule</th><th>When</th><th>Next slot</th><th>Last slots</th><th><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${repeat(items, (schedule) => schedule.name, (schedule) => this.#row(schedule))}</tbody>
    </table></div>${legend()}</section>`;
  }

  #row(schedule) {
    return html`<tr class=${this.#held.isGone(schedule) ? 'gone' : ''}>
      <td class="name"><a href=${link('recurring', {}, schedule.name)} title=${seen(schedule.name)}><b>${foreign(schedule.name)}</b></a>
        ${schedule.missed ? html` <span class="badge bad" title="A slot of ${schedule.missed} did not run">missed</span>` : nothing}
        <span class="sub">${foreign(schedule.path)}${schedule.owner === 'api' ? nothing : html`, declared by ${foreign(schedule.owner)}`}</span>
        ${schedule.pause ? html`<span class="sub">${schedule.pause.why ? html`“${foreign(schedule.pause.why)}”` : 'no reason given'} – ${foreign(schedule.pause.who)}, ${time(schedule.pause.at)}</span>` : nothing}</td>
      <td title=${policies(schedule)}>${when(schedule)}${schedule.every ? nothing : html`<span class="sub">${schedule.zone}</span>`}
        ${schedule.cron && when(schedule) !== schedule.cron ? html`<span class="sub mono">${schedule.cron}</span>` : nothing}</td>
      <td data-label="Next">${nextSlot(schedule)}</td>
      <td class="wide">${strip(schedule)}</td>
      <td class="acts">${tools(schedule, () => this.refresh())}</td>
    </tr>`;
  }
}

function legend() {
  return html`<p class="legend strip-legend"><span><i class="good"></i>success</span><span><i class="bad"></i>failed</span><span><i class="wait"></i>waits or runs</span>
    <span><i class="skipped"></i>dropped or skipped</span><span><i class="missed"></i>missed</span><span><i class="plain"></i>job deleted</span></p>`;
}

/** What can be done with a schedule. */
export function tools(schedule, done) {
  const name = seen(schedule.name);
  const path = `schedules/${encodeURIComponent(schedule.name)}`;
  const simply = (action, text) => async () => {
    if (await act(() => post(`${path}/${action}`), text)) {
      done();
    }
  };
  return html`
    ${button({ text: html`${icon('play')} Run`, kind: 'small', label: `Run ${name} now`, why: forbidden(), act: simply('run', `A job of ${name} is enqueued.`) })}
    ${button({ text: 'Skip next', kind: 'small', label: `Skip the next slot of ${name}`, why: forbidden() ?? (schedule.next ? null : 'It has no further slot.'), act: simply('skip-next', `The next slot of ${name} is left out.`) })}
    ${schedule.paused
      ? button({ text: html`${icon('play')} Resume`, kind: 'small main-act', label: `Resume ${name}`, why: forbidden(), act: simply('resume', `${name} is resumed.`) })
      : button({ text: html`${icon('pause')} Pause`, kind: 'small', label: `Pause ${name}`, why: forbidden(), act: () => pause(schedule, path, done) })}
    ${button({ text: 'Change', kind: 'small', label: `Change ${name}`, why: forbidden() ?? elsewhere(schedule), act: () => define(schedule, done) })}`;
}

async function pause(schedule, path, done) {
  const answer = await confirm({
    title: html`Pause ${foreign(schedule.name)}?`,
    text: 'It has no slots until somebody resumes it, and those of the pause are not made up for. Jobs that it has enqueued go on.',
    act: 'Pause',
    reason: 'Reason (shown to others)',
  });
  if (answer && await act(() => post(`${path}/pause`, { reason: answer.reason }), `${seen(schedule.name)} is paused.`)) {
    done();
  }
}

/** Why a schedule cannot be changed here, or null. */
const elsewhere = (schedule) => (schedule.owner === 'api' ? null : `It is declared by ${seen(schedule.owner)}; change it there.`);

async function define(schedule, done) {
  const wanted = await askForSchedule(schedule);
  if (wanted && await act(() => put(`schedules/${encodeURIComponent(wanted.name)}`, wanted.fields), `${seen(wanted.name)} is ${schedule ? 'changed' : 'made'}.`)) {
    done();
  }
}

/** Asks, and deletes a schedule. */
export async function drop(schedule, done) {
  const sure = await confirm({ title: html`Delete ${foreign(schedule.name)}?`, text: 'It enqueues nothing any more. Its jobs stay.', act: 'Delete', danger: true });
  if (sure && await act(() => remove(`schedules/${encodeURIComponent(schedule.name)}`), `${seen(schedule.name)} is deleted.`)) {
    done();
  }
}

/** The button that deletes a schedule. */
export const dropButton = (schedule, done) =>
  button({ text: 'Delete', kind: 'small danger', label: `Delete ${seen(schedule.name)}`, why: forbidden() ?? elsewhere(schedule), act: () => drop(schedule, done) });
