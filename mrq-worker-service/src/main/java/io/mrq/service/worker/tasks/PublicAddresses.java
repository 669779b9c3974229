package io.mrq.service.worker.tasks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Knows which addresses belong to the public internet, by IANA's registries of special-purpose
 * addresses. All IPv4 addresses outside the listed ranges are public. Of IPv6 only the global
 * unicast range without its special parts is public, so loopback, link-local, unique-local,
 * multicast and IPv4-mapped addresses need no entry.
 */
final class PublicAddresses {
  private static final List<Range> NOT_PUBLIC_4 =
      ranges(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT, and Alibaba's metadata service
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // Azure's host services, a public address that only its guests reach
          "169.254.0.0/16", // link-local, and most metadata services
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments, and Oracle's metadata service
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private static final Range GLOBAL_6 = Range.of("2000::/3");
  private static final List<Range> NOT_PUBLIC_6 =
      ranges(
          "2001::/23", // protocol assignments, Teredo among them, which carries an IPv4 address
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which carries an IPv4 address
          "3fff::/20"); // documentation

  /** Networks without IPv4 reach every public IPv4 service through this range (NAT64). */
  private static final Range NAT64 = Range.of("64:ff9b::/96");

  private PublicAddresses() {}

  /** Whether this is an address of the public internet. */
  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublic4(bytes);
    }
    if (NAT64.contains(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
    }
    return GLOBAL_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(r -> r.contains(bytes));
  }

  private static boolean isPublic4(byte[] bytes) {
    return NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(bytes));
  }

  private static List<Range> ranges(String... texts) {
    return Arrays.stream(texts).map(Range::of).toList();
  }

  /** The addresses with a common prefix. */
  private static final class Range {
    private final byte[] start;
    private final int bits;

    private Range(byte[] start, int bits) {
      this.start = start;
      this.bits = bits;
    }

    static Range of(String text) {
      int slash = text.indexOf('/');
      return new Range(
          InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(byte[] address) {
      int whole = bits / 8;
      int rest = bits % 8;
      return address.length == start.length
          && Arrays.equals(address, 0, whole, start, 0, whole)
          && (rest == 0 || (address[whole] ^ start[whole]) >> (8 - rest) == 0);
    }
  }
}
