package io.mrq.api.access;

import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Whether a role sufficed, and which one it would have taken.
 *
 * @param role the least one
 * @param isGranted whether the caller has it
 */
record RoleNeeded(Role role, boolean isGranted) implements AuthorizationResult {
  /** Lets in whoever has this role or a larger one. */
  static AuthorizationManager<RequestAuthorizationContext> atLeast(Role role) {
    return (caller, _) -> new RoleNeeded(role, role.isHeldBy(caller.get()));
  }
}
