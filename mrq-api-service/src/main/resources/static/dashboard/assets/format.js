// Formats numbers, dates and durations for people.

const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const stampTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

export const count = (n) => whole.format(n ?? 0);

/** Exact below 100,000, then shortened. */
export const brief = (n) => ((n ?? 0) < 100000 ? count(n) : compact.format(n));

/** `1 job`, `1,204 jobs`. */
export const jobs = (n) => `${count(n)} ${n === 1 ? 'job' : 'jobs'}`;

/** A rate per second; small rates keep their decimals. */
export function rate(perSecond) {
  const r = perSecond ?? 0;
  return r === 0 ? '0' : r < 0.1 ? '< 0.1' : r < 10 ? r.toFixed(1) : brief(Math.round(r));
}

/** Seconds as `250 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null) {
    return '–';
  }
  const s = Math.max(0, seconds);
  if (s < 1) {
    return `${Math.round(s * 1000)} ms`;
  }
  if (s < 60) {
    return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  }
  return s < 3600 ? two(s, 60, 'min', 1, 's') : s < 86400 ? two(s, 3600, 'h', 60, 'min') : two(s, 86400, 'd', 3600, 'h');
}

function two(seconds, big, bigName, small, smallName) {
  const first = Math.floor(seconds / big);
  const rest = Math.floor((seconds % big) / small);
  return rest === 0 ? `${first} ${bigName}` : `${first} ${bigName} ${rest} ${smallName}`;
}

/** Seconds between two ISO dates; null when one is absent. */
export function between(from, to) {
  return from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : null;
}

/** Seconds since an ISO date. */
export const since = (date) => (Date.now() - Date.parse(date)) / 1000;

/** `just now`, `12 s ago`, `in 4 min`. */
export function ago(date) {
  if (!date) {
    return '–';
  }
  const s = since(date);
  if (Math.abs(s) < 1.5) {
    return 'just now';
  }
  const rough = s < 0 ? -s : s;
  const text = rough < 60 ? `${Math.round(rough)} s` : duration(rough < 3600 ? Math.floor(rough / 60) * 60 : rough);
  return s < 0 ? `in ${text}` : `${text} ago`;
}

/** The whole date, for a title. */
export const exact = (date) => (date ? `${absolute.format(new Date(date))} (${date})` : '');

/** The time of day to the millisecond. */
export const stamp = (date) => stampTime.format(new Date(date));

export function bytes(n) {
  if (n === undefined || n === null) {
    return '–';
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = n;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export const percent = (part) => `${Math.round((part ?? 0) * 100)} %`;
