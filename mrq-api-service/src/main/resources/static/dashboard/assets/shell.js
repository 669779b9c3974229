// The frame around every page: navigation, the state of the live feed, the current user.

import { html, nothing } from 'lit-html';
import { brief, count } from './format.js';
import { link } from './router.js';
import { session } from './session.js';
import { foreign, seen } from './ui/foreign.js';
import { icon } from './ui/icons.js';
import { notice } from './ui/parts.js';

const MAIN = [
  ['overview', 'Overview'],
  ['exceptions', 'Exceptions'],
  ['jobs', 'Jobs'],
  ['queues', 'Queues'],
  ['workers', 'Workers'],
  ['tasks', 'Tasks'],
];
const MORE = [
  ['recurring', 'Recurring'],
  ['actions', 'Bulk actions'],
  ['audit', 'Audit log'],
];
const PULSES = {
  live: 'Live',
  paused: 'Paused',
  lost: 'No connection',
  connecting: 'Connecting',
};

/** @param {{page: string, body: unknown, live: import('./live.js').Live, keys: () => void}} view */
export function shell({ page, body, live, keys }) {
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    <div class="shell">
      <aside class="rail">
        ${brand()}
        <nav class="nav" aria-label="Pages">
          ${MAIN.map((item) => entry(item, page, live))}
          <div class="apart" role="presentation"></div>
          ${MORE.map((item) => entry(item, page, live))}
          ${session.may('admin') && session.user ? entry(['access', 'API keys'], page, live) : nothing}
        </nav>
        <div class="rail-foot">
          <div>${pulse(live)}</div>
          <div class="who"><span class="name">${session.user ? html`<b title=${seen(session.user)}>${foreign(session.user)}</b>${session.role}` : 'open on this machine'}</span>
            <button class="icon-button small" type="button" title="Keyboard" aria-label="Keyboard shortcuts" @click=${keys}>${icon('keyboard')}</button>
            ${themeButton()}</div>
        </div>
      </aside>
      <div>
        <header class="phone-bar">${brand()}<div class="right">${pulse(live)}
          ${MORE.map(([name, text]) => html`<a class="icon-button" href=${link(name)} title=${text} aria-label=${text}>${icon(name)}</a>`)}${themeButton()}</div></header>
        <main class="main" id="main" tabindex="-1">
          ${live.state === 'lost' && live.overview ? html`<div class="lost-line">${notice('warn', 'The connection was lost', 'This page may be out of date. It reconnects automatically.')}</div>` : nothing}
          ${body}
        </main>
      </div>
      <nav class="tabs-bar" aria-label="Pages">
        ${MAIN.map(([name, text]) => html`<a href=${link(name)} aria-current=${current(name, page)}>${icon(name)}${text}${name === 'exceptions' && failures(live) ? html`<span class="tally" aria-hidden="true">${brief(failures(live))}</span>` : nothing}</a>`)}
      </nav>
    </div>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

const current = (name, page) => (name === page ? 'page' : nothing);

function brand() {
  return html`<a class="brand" href=${link('overview')}><img src="assets/icon.svg" alt="">MRQ</a>`;
}

function entry([name, text], page, live) {
  return html`<a href=${link(name)} aria-current=${current(name, page)}>${icon(name)}${text}${tally(name, live.overview)}</a>`;
}

const failures = (live) => live.overview?.failed_open?.count ?? 0;

function tally(name, overview) {
  if (!overview) {
    return nothing;
  }
  const [value, label, kind] = {
    exceptions: [overview.failed_open?.count, 'failed jobs', 'bad'],
    queues: [overview.backlog.queued, 'jobs wait', ''],
    workers: [overview.fleet.workers, 'workers', ''],
  }[name] ?? [0, '', ''];
  return value ? html`<span class="tally ${kind}" title="${count(value)} ${label}">${brief(value)}</span>` : nothing;
}

function pulse(live) {
  const { state } = live;
  const next = state === 'paused' ? 'Resume the live view' : 'Pause the live view';
  return html`<button class="pulse ${state}" type="button" title=${next} aria-label="${PULSES[state]}. ${next}" @click=${() => live.toggle()}><i></i>${PULSES[state]}</button>`;
}

function themeButton() {
  const dark = isDark();
  return html`<button class="icon-button small" type="button" title=${dark ? 'Light' : 'Dark'} aria-label=${dark ? 'Use the light theme' : 'Use the dark theme'} @click=${flip}>${icon(dark ? 'sun' : 'moon')}</button>`;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function flip() {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('mrq-theme', theme);
  } catch {
    // It applies to this page only.
  }
  window.dispatchEvent(new CustomEvent('mrq:theme'));
}
