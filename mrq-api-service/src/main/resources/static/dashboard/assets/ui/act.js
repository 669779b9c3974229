// Acts on single things: one request, one sentence about what came of it.

import { session } from '../session.js';
import { say } from './toasts.js';

/** Why this person may not do it, or null when they may. */
export function forbidden(role = 'operator') {
  return session.may(role) ? null : `Your role is ${session.role}; this needs ${role}.`;
}

/** Sends it and says how it went, with what the server warns of; answers whether it was done. */
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
