// Actions on single jobs, queues, workers and keys: one request, and a message with the result.

import { session } from '../session.js';
import { say } from './toasts.js';

/** Why the user's role does not allow an action, or null when it does. */
export function forbidden(role = 'operator') {
  return session.may(role) ? null : `Your role is ${session.role}; this requires ${role}.`;
}

/** Sends a request and shows the result with any warning of the server; returns whether it succeeded. */
export async function act(send, done) {
  try {
    const { warning } = (await send()) ?? {};
    say(warning ? `${done} ${warning}` : done, warning ? 'bad' : '');
    return true;
  } catch (problem) {
    say(problem.message, 'bad');
    return false;
  }
}
