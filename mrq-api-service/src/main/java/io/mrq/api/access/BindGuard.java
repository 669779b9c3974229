package io.mrq.api.access;

import io.mrq.api.ApiProperties;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Refuses to start the API on any but a loopback address, unless {@code mrq.api.allow-insecure} is
 * true: whoever reaches the API can run jobs. It is asked before the port is opened.
 */
@Component
class BindGuard {
  private static final Logger log = LoggerFactory.getLogger(BindGuard.class);

  BindGuard(ServerProperties server, ApiProperties api) {
    check(server.getAddress(), api.allowInsecure());
  }

  /**
   * Checks one address.
   *
   * @param address null: all addresses of the machine
   */
  private static void check(@Nullable InetAddress address, boolean allowed) {
    if (address != null && address.isLoopbackAddress()) {
      return;
    }
    String shown =
        address == null ? "not set, which means every address" : address.getHostAddress();
    if (!allowed) {
      throw new InsecureBindException(shown);
    }
    log.warn(
        "INSECURE: mrq.api.allow-insecure=true and server.address is {}: whoever reaches this port can read all jobs and run any task. Let something in front of it decide who may.",
        shown);
  }
}
