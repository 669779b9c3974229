package io.mrq.engine.worker;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The memory and processor time that this process uses: exact on Linux, elsewhere what the JVM
 * knows.
 *
 * @param rss memory in use, in bytes
 * @param swap memory that was swapped out, in bytes; 0 where it is not known
 * @param userSeconds of processor time
 * @param systemSeconds of processor time; 0 where it is not known apart from the user's
 */
record ProcessUsage(long rss, long swap, double userSeconds, double systemSeconds) {
  private static final Path PROC = Path.of("/proc/self");

  /** Linux counts processor time in this many ticks a second. */
  private static final double TICKS_PER_SECOND = 100;

  static ProcessUsage now() {
    try {
      List<String> status = Files.readAllLines(PROC.resolve("status"));
      String stat = Files.readString(PROC.resolve("stat"));
      // The second field is a name in brackets, which may hold blanks; the third follows it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return new ProcessUsage(
          bytes(status, "VmRSS:"),
          bytes(status, "VmSwap:"),
          Long.parseLong(fields[11]) / TICKS_PER_SECOND,
          Long.parseLong(fields[12]) / TICKS_PER_SECOND);
    } catch (IOException | RuntimeException e) {
      return ofJvm();
    }
  }

  private static long bytes(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip().split(" ")[0])
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElse(0);
  }

  private static ProcessUsage ofJvm() {
    Runtime runtime = Runtime.getRuntime();
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return new ProcessUsage(
        runtime.totalMemory() - runtime.freeMemory(), 0, cpu.toMillis() / 1000.0, 0);
  }

  /** The load of the whole machine by this process, 0 … 100; 0 where the JVM does not know. */
  static double cpuPercent() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuLoad()) * 100
        : 0;
  }

  /** An IPv4 address of this machine that is not loopback; {@code 127.0.0.1} when it has none. */
  static String address() {
    try {
      Optional<InetAddress> found =
          NetworkInterface.networkInterfaces()
              .filter(ProcessUsage::isUp)
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
              .findFirst();
      return found.map(InetAddress::getHostAddress).orElse("127.0.0.1");
    } catch (SocketException e) {
      return "127.0.0.1";
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }
}
