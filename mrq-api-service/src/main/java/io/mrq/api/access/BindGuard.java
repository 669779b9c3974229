package io.mrq.api.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start an API that is open to everybody on any but a loopback address, unless {@code
 * mrq.api.allow-insecure} is true: whoever reaches it can run jobs (AUTH-04, BUG-17). It is asked
 * before the port is opened.
 */
@Component
class BindGuard {
  private static final Logger log = LoggerFactory.getLogger(BindGuard.class);

  BindGuard(
      ServerProperties server,
      Environment environment,
      AccessProperties access,
      Accounts accounts) {
    if (accounts.none()) {
      check("server.address", server.getAddress(), access.allowInsecure());
      if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
        @Nullable InetAddress management =
            Binder.get(environment)
                .bind("management.server.address", InetAddress.class)
                .orElse(null);
        check("management.server.address", management, access.allowInsecure());
      }
    }
  }

  /**
   * Checks one address.
   *
   * @param address null: all addresses of the machine
   */
  private static void check(String property, @Nullable InetAddress address, boolean allowed) {
    if (address != null && address.isLoopbackAddress()) {
      return;
    }
    String shown =
        address == null ? "not set, which means every address" : address.getHostAddress();
    if (!allowed) {
      throw new InsecureBindException(property, shown);
    }
    log.warn(
        "INSECURE: mrq.api.allow-insecure=true, nobody is configured in mrq.api.users or mrq.api.keys, and {} is {}: whoever reaches this port can read all jobs and run any task. Let something in front of it decide who may.",
        property,
        shown);
  }
}
