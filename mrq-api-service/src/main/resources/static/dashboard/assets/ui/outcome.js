// What became of the jobs that a bulk action requeued.

import { count } from '../format.js';

const FAILED = ['failed', 'timeout', 'maxretries', 'maxconcurrency', 'abort'];
const OPEN = ['queued', 'started', 'retry', 'interrupt'];

/**
 * @param {object} action as the API shows it
 * @returns {{text: string, open: number, failed: number}|null} null: unknown, or nothing was requeued
 */
export function outcome(action) {
  if (!action.outcome || action.kind !== 'requeue' || action.moved === 0) {
    return null;
  }
  const sum = (names) => names.reduce((all, name) => all + (action.outcome[name] ?? 0), 0);
  const [succeeded, failed, cancelled, open] = [sum(['success']), sum(FAILED), sum(['cancel']), sum(OPEN)];
  const elsewhere = Math.max(0, action.moved - succeeded - failed - cancelled - open);
  const parts = [`${count(succeeded)} succeeded`, `${count(failed)} failed again`, `${count(open)} to go`];
  if (cancelled) {
    parts.push(`${count(cancelled)} cancelled`);
  }
  if (elsewhere) {
    parts.push(`${count(elsewhere)} changed again or deleted`);
  }
  return { text: parts.join(', '), open, failed };
}
