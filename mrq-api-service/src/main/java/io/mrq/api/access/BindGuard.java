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
 * Refuses to start an API without users and keys on an address other than loopback, unless {@code
 * mrq.api.allow-insecure} is true: everyone who reaches that address could run jobs. The check runs
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
    if (accounts.isEmpty()) {
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
        "INSECURE: mrq.api.allow-insecure is true, mrq.api.users and mrq.api.keys are empty, and {} is {}. Everyone who can reach this port can read all jobs and run any task. Put a proxy in front that controls access, or configure users.",
        property,
        shown);
  }
}
