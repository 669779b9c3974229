// The current user and role.

import { get } from './api.js';

const ROLES = ['viewer', 'operator', 'admin'];

class Session {
  user = null;
  role = 'viewer';

  async load() {
    const { user, role } = await get('session');
    this.user = user;
    this.role = role;
  }

  /** Whether the role is enough; the server decides again on every request. */
  may(role) {
    return ROLES.indexOf(this.role) >= ROLES.indexOf(role);
  }
}

export const session = new Session();
