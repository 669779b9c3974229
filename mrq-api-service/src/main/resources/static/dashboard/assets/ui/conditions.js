// The conditions of a filter: fields, valid values, and suggestions for misspelled ones.

/** The fields of the server's filter, as FilterField of mrq-core lists them, with a description of each. */
export const FIELDS = {
  status: 'status of the job',
  queue: 'queue of the job',
  path: 'the task',
  exceptiontype: 'type of the last failure',
  worker: 'worker that runs it, or ran it last',
  fingerprint: 'failures with the same cause',
  parent: 'children of a job',
  since: 'enqueued at this time or later: 1h, yesterday, 14:30, 2026-01-31',
  until: 'enqueued before this time: 1h, yesterday, 14:30, 2026-01-31',
};
export const ALIASES = { state: 'status', task: 'path', error: 'exceptiontype', after: 'since', before: 'until' };
export const JOB_ID = /^[0-9a-f]{24}$/;

const STATUSES = ['queued', 'started', 'success', 'failed', 'retry', 'interrupt', 'timeout', 'maxretries', 'maxconcurrency', 'cancel', 'abort'];
const SPAN = /^(\d{1,5})\s*(s|min|m|h|d)$/;
const MILLIS = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The field for a name or an alias, or null. */
export const fieldOf = (name, fields) => {
  const field = ALIASES[name] ?? name;
  return fields.includes(field) ? field : null;
};

/** Why a text that was typed into the filter is not a condition; null when it is one. */
export function complaint(text, fields) {
  const colon = text.indexOf(':');
  if (colon < 1) {
    return `“${text}” is not a condition. Write field:value, such as queue:${/^[\w.-]+$/.test(text) ? text : 'default'}, or a whole job id.`;
  }
  const name = text.slice(0, colon).trim();
  const field = fieldOf(name, fields);
  if (name.startsWith('-') || name.startsWith('!')) {
    return `A condition cannot be negated: “${name}”. List the values that you want instead.`;
  }
  if (!field) {
    const near = nearest(name, [...fields, ...Object.keys(ALIASES).filter((alias) => fields.includes(ALIASES[alias]))]);
    return `“${name}” is not a field. ${near ? `Did you mean ${near}:?` : `The fields are ${fields.join(', ')}.`}`;
  }
  return badValue(field, text.slice(colon + 1).trim());
}

/** Why a field cannot have this value, or null. */
export function badValue(field, value) {
  if (value === '') {
    return `${field}: requires a value.`;
  }
  if (field === 'status') {
    const wrong = value.split(',').find((one) => !STATUSES.includes(one));
    return wrong === undefined ? null : `“${wrong}” is not a status. ${nearest(wrong, STATUSES) ? `Did you mean ${nearest(wrong, STATUSES)}?` : `The statuses are ${STATUSES.join(', ')}.`}`;
  }
  if (field === 'worker' || field === 'parent') {
    return JOB_ID.test(value) ? null : `${field} requires a whole id of 24 hex digits, not “${value}”.`;
  }
  if (field === 'since' || field === 'until') {
    return dateOf(value) ? null : `“${value}” is not a date. Write 1h, 2d, today, yesterday, 14:30, 2026-01-31 or 2026-01-31T08:00Z.`;
  }
  return null;
}

/** The date for a text, in ISO form, or null. Durations count back from now, to the minute. */
export function dateOf(text, now = Date.now()) {
  const span = SPAN.exec(text);
  if (span) {
    return iso(Math.floor((now - span[1] * MILLIS[span[2]]) / 60_000) * 60_000);
  }
  const day = new Date(now);
  const clock = CLOCK.exec(text);
  if (clock) {
    return iso(day.setHours(Number(clock[1]), Number(clock[2]), 0, 0));
  }
  if (text === 'today' || text === 'yesterday') {
    day.setDate(day.getDate() - (text === 'today' ? 0 : 1));
    return iso(day.setHours(0, 0, 0, 0));
  }
  // A day without a time is a day in the time zone of the user.
  return DAY.test(text) ? iso(Date.parse(`${text}T00:00`)) : DATE.test(text) ? iso(Date.parse(text)) : null;
}

const iso = (millis) => (Number.isNaN(millis) ? null : new Date(millis).toISOString());

/** A value for the address: a duration stays relative to now, any other date is fixed. */
export const kept = (field, value) => ((field === 'since' || field === 'until') && !SPAN.test(value) ? dateOf(value) : value);

/** A value for the API. */
export const sent = (field, value) => (field === 'since' || field === 'until' ? dateOf(value) : value);

/** The name that differs by at most two letters, or null. */
function nearest(name, names) {
  const [best] = names.map((one) => [distance(name.toLowerCase(), one), one]).sort(([a], [b]) => a - b);
  return best && best[0] <= 2 ? best[1] : null;
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
