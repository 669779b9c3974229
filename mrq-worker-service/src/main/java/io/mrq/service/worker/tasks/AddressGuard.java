package io.mrq.service.worker.tasks;

import io.mrq.service.worker.tasks.HttpTaskException.AddressRefused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the host of a URL and refuses addresses that jobs must not call.
 *
 * <p>The client calls this for every connection that it opens, for names and for address literals
 * in any notation, and connects exactly to the addresses that it returns. There is no second lookup
 * between the check and the connection, so a name that changes its address (DNS rebinding) cannot
 * get around the check. A name with one refused address is refused as a whole.
 */
final class AddressGuard implements DnsResolver, AutoCloseable {
  /** The lookup of the system, or another one for tests. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  private static final int LOOKUPS_AT_ONCE = 32;

  private final Lookup lookup;
  private final Predicate<InetAddress> allowed;
  private final ExecutorService threads = lookupThreads();

  AddressGuard(Lookup lookup, Predicate<InetAddress> allowed) {
    this.lookup = lookup;
    this.allowed = allowed;
  }

  /** Allows only addresses of the public internet. */
  static AddressGuard publicOnly() {
    return new AddressGuard(InetAddress::getAllByName, PublicAddresses::contains);
  }

  /** Allows every address. */
  static AddressGuard open() {
    return new AddressGuard(InetAddress::getAllByName, _ -> true);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Arrays.stream(resolve(host)).map(a -> new InetSocketAddress(a, port)).toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookUp(host);
    for (InetAddress address : addresses) {
      if (!allowed.test(address)) {
        throw new AddressRefused(
            "'%s' is the address %s, which is not public: jobs may call it only with mrq.tasks.http.allow-private-addresses=true"
                .formatted(host, address.getHostAddress()));
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /**
   * The lookup is a native call that cannot be interrupted and that pins the carrier thread. On the
   * virtual threads of jobs, a few slow names would block every virtual thread of the process.
   */
  private InetAddress[] lookUp(String host) throws UnknownHostException {
    Future<InetAddress[]> answer = threads.submit(() -> lookup.addressesOf(host));
    try {
      return answer.get();
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnknownHostException("the lookup of '%s' was interrupted".formatted(host));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException("the lookup of '%s' failed".formatted(host), e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static ExecutorService lookupThreads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            LOOKUPS_AT_ONCE,
            LOOKUPS_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("mrq-http-lookup-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
