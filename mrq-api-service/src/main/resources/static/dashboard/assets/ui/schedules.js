// How schedules are told to people: when in words, dates in a time zone, and the last slots as a strip.

import { html, nothing } from 'lit-html';
import { duration, exact } from '../format.js';
import { link } from '../router.js';
import { tone } from './parts.js';

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];
const CRON_DAYS = { 'MON-FRI': 'weekdays', '1-5': 'weekdays', 'SAT,SUN': 'weekends', '*': 'each day' };
const MISFIRES = { skip: 'missed slots are left out', once: 'missed slots are made up for once', all: 'each missed slot is made up for' };
const OVERLAPS = { allow: 'jobs may overlap', skip: 'a slot is dropped while a job runs', wait: 'a slot waits while a job runs' };
const OUTCOMES = { missed: 'missed', overlapped: 'dropped, since a job was running', skipped: 'skipped by hand' };

export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `every 90s`, `each day 03:00`, `weekdays 03:00`. */
export function when(schedule) {
  if (schedule.every) {
    return `every ${schedule.every}`;
  }
  if (schedule.daily_at) {
    return `each day ${schedule.daily_at}`;
  }
  if (schedule.weekday !== undefined) {
    return `${DAYS[schedule.weekday] ?? schedule.weekday} ${schedule.at}`;
  }
  if (schedule.monthday !== undefined) {
    return `day ${schedule.monthday} of the month, ${schedule.at}`;
  }
  return inWords(schedule.cron) ?? schedule.cron;
}

/** The most frequent cron expressions in words; null for all others. */
function inWords(cron) {
  const [minute, hour, day, month, weekday, more] = cron.trim().split(/\s+/);
  const days = CRON_DAYS[weekday?.toUpperCase()];
  if (more !== undefined || day !== '*' || month !== '*' || !days || !/^\d{1,2}$/.test(minute)) {
    return null;
  }
  const minutes = minute.padStart(2, '0');
  if (hour === '*') {
    return days === 'each day' ? `each hour at minute ${minutes}` : null;
  }
  return /^\d{1,2}$/.test(hour) ? `${days} ${hour.padStart(2, '0')}:${minutes}` : null;
}

/** What becomes of missed and overlapping slots. */
export const policies = (schedule) => `${MISFIRES[schedule.misfire]}; ${OVERLAPS[schedule.overlap]}`;

/** A date as a clock in a time zone shows it. */
export function inZone(date, zone) {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(date));
  } catch {
    return exact(date);
  }
}

/** What is known of a slot, in one word. */
export const standing = (slot) => slot.status ?? (slot.job ? 'deleted' : slot.outcome);

/** The colour of a slot. */
export function slotTone(slot) {
  if (slot.outcome === 'missed') {
    return 'missed';
  }
  if (slot.outcome === 'overlapped' || slot.outcome === 'skipped') {
    return 'skipped';
  }
  return slot.status ? `${tone(slot.status)} ${slot.status === 'started' ? 'started' : ''}` : 'plain';
}

/** A slot in a sentence. */
export function told(slot, zone) {
  const late = slot.late >= 1 ? `, ${duration(slot.late)} late` : '';
  const what = OUTCOMES[slot.outcome] ?? (slot.status ? `${slot.status}${late}` : `enqueued${late}; its job is deleted`);
  return `${inZone(slot.slot, zone)}: ${what}${slot.outcome === 'by_hand' ? ', run by hand' : ''}${slot.who ? ` (${slot.who})` : ''}`;
}

/** The last slots, the newest last, each a link to its job. */
export function strip(schedule) {
  if (schedule.history.length === 0) {
    return html`<span class="muted small">no slot yet</span>`;
  }
  return html`<ol class="strip" aria-label="Last slots of ${schedule.name}">${schedule.history.map((slot) => {
    const text = told(slot, schedule.zone);
    return html`<li>${slot.status
      ? html`<a class=${slotTone(slot)} href=${link('jobs', {}, slot.job)} title=${text} aria-label=${text}></a>`
      : html`<i class=${slotTone(slot)} title=${text} role="img" aria-label=${text}></i>`}</li>`;
  })}</ol>`;
}

/** When a schedule has its next slot, in its own zone and in that of the viewer. */
export function nextSlot(schedule) {
  if (schedule.paused) {
    return html`<span class="badge warn">paused</span>`;
  }
  if (!schedule.next) {
    return html`<span class="muted">no further slot</span>`;
  }
  return html`<time datetime=${schedule.next} title=${exact(schedule.next)}>${inZone(schedule.next, schedule.zone)}</time>
    ${schedule.overdue ? html`<span class="badge bad">overdue</span>` : schedule.waiting ? html`<span class="badge wait">waits</span>` : nothing}
    ${schedule.zone === HERE ? nothing : html`<span class="sub">here ${inZone(schedule.next, HERE)}</span>`}`;
}
