import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { brief, duration, jobs, since } from '../format.js';
import { Page } from '../page.js';
import { here, link } from '../router.js';
import { foreign, seen } from '../ui/foreign.js';
import { empty, time } from '../ui/parts.js';
import { jsonPanel } from '../ui/values.js';

/** The tasks that workers know; with an id, one of them. */
export class TasksPage extends Page {
  title = 'Tasks';

  load(signal) {
    const { id } = here();
    return id ? get(`tasks/${encodeURIComponent(id)}`, {}, signal) : get('tasks', {}, signal);
  }

  content() {
    return this.data.items ? list(this.data.items) : one(this.data);
  }
}

function list(items) {
  if (items.length === 0) {
    return html`<section class="panel">${empty('No task yet', 'A worker tells of its tasks when it starts.', 'java -jar mrq-worker-service.jar')}</section>`;
  }
  return html`<section class="panel"><div class="table-wrap"><table class="cards">
    <thead><tr><th>Task</th><th>Queue</th><th class="num">Workers</th><th>Application</th><th class="num">Parked</th><th>Last seen</th></tr></thead>
    <tbody>${items.map((task) => html`<tr>
      <td class="name"><a href=${link('tasks', {}, task.path)} title=${seen(task.path)}><b>${foreign(task.path)}</b></a>${task.overridden ? html` <span class="badge warn">overridden</span>` : nothing}
        ${task.description ? html`<span class="sub">${foreign(task.description)}</span>` : nothing}</td>
      <td data-label="Queue">${task.queue ? html`<a href=${link('jobs', { queue: task.queue })}>${foreign(task.queue)}</a>` : '–'}</td>
      <td class="num" data-label="Workers">${task.workers === 0 ? html`<span class="badge ${task.parked ? 'bad' : 'plain'}">none</span>` : brief(task.workers)}</td>
      <td data-label="Application">${task.applications.map((name, at) => html`${at ? ', ' : ''}${foreign(name)}`)}</td>
      <td class="num" data-label="Parked">${task.parked ? html`<a href=${link('jobs', { path: task.path, status: 'queued' })}>${brief(task.parked)}</a>` : '–'}</td>
      <td data-label="Last seen">${task.seen ? time(task.seen) : 'never'}</td></tr>`)}</tbody>
  </table></div></section>`;
}

function one(task) {
  return html`
    <section class="panel"><header><h2>${foreign(task.path)}</h2><a href=${link('jobs', { path: task.path })}>Jobs</a></header>
      <div class="body">
        ${task.description ? html`<p>${foreign(task.description)}</p>` : nothing}
        ${task.parked_in.map((place) => html`<p class="careful"><b>${jobs(place.waiting)}</b> wait in ${foreign(place.queue)} for a worker that knows this task${place.oldest ? html`, the oldest for ${duration(since(place.oldest))}` : nothing}.</p>`)}
        <p class="muted">${task.known_by.length ? html`Known by ${task.known_by.map((worker, at) => html`${at ? ', ' : ''}${foreign(worker.name)}`)}.` : 'No living worker knows it.'}</p>
      </div></section>
    ${Object.keys(task.settings).length ? html`<section class="panel"><header><h2>Settings</h2></header>
      <div class="table-wrap"><table class="cards"><thead><tr><th>Setting</th><th>Value</th><th>Set by</th></tr></thead>
      <tbody>${Object.entries(task.settings).map(([name, setting]) => html`<tr>
        <td><b>${name}</b></td><td data-label="Value">${foreign(Array.isArray(setting.value) ? setting.value.join(', ') || '–' : String(setting.value))}</td>
        <td data-label="Set by"><span class="badge ${setting.origin === 'override' ? 'warn' : 'plain'}">${setting.origin}</span></td></tr>`)}</tbody></table></div></section>` : nothing}
    ${task.params ? jsonPanel('Params', task.params, '') : nothing}
    ${task.releases.length ? html`<section class="panel"><header><h2>Releases</h2></header>
      <div class="table-wrap"><table class="cards"><thead><tr><th>Application</th><th>Version</th><th>Since</th><th>Last seen</th></tr></thead>
      <tbody>${task.releases.map((release) => html`<tr><td><b>${foreign(release.application || '–')}</b></td><td data-label="Version">${foreign(release.version || '–')}</td>
        <td data-label="Since">${time(release.since)}</td><td data-label="Last seen">${time(release.seen)} ${release.alive ? nothing : html`<span class="badge plain">gone</span>`}</td></tr>`)}</tbody></table></div></section>` : nothing}`;
}
