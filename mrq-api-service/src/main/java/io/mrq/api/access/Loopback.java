package io.mrq.api.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** Host names that can only mean this machine, without a DNS lookup. */
final class Loopback {
  private static final Pattern NAME =
      Pattern.compile(
          "(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)])\\.?(:\\d{1,5})?");

  private Loopback() {}

  /**
   * @param host a {@code Host} header: a name or an address, with or without a port
   */
  static boolean names(String host) {
    return NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
