package io.mrq.api.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which names in a {@code Host} header can only mean this machine; nothing is looked up. */
final class Loopback {
  private static final Pattern NAME =
      Pattern.compile(
          "(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)])\\.?(:\\d{1,5})?");

  private Loopback() {}

  /**
   * Whether this is a loopback name.
   *
   * @param host a {@code Host} header: a name or an address, with or without a port
   */
  static boolean names(String host) {
    return NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
