package io.mrq.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.Tracing;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Opens connections to the Redis of the application. The application's connection factory tells
 * where it is: a single server, a socket, Sentinel or a Cluster; database, credentials and TLS.
 *
 * <p>The connections have options of their own: while disconnected, commands are refused at once
 * and the client never repeats them; a lost connection is opened again, with a second between tries
 * at most; and only masters are asked. The application's own connections keep their options and
 * their life cycle. Only its threads are shared.
 */
final class DispatchClient implements AutoCloseable {
  private static final Duration MIN_RECONNECT_DELAY = Duration.ofMillis(20);
  private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(1);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);

  private final LettuceConnectionFactory factory;
  private final @Nullable ClientResources ownResources;
  private final Duration connectTimeout;
  private CompletableFuture<?> opening = CompletableFuture.completedFuture(true);

  /**
   * Creates a client that opens no connection yet.
   *
   * @param application tells where Redis is
   * @param connectTimeout for each connection, including its handshake
   */
  DispatchClient(LettuceConnectionFactory application, Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    LettuceClientConfiguration given = application.getClientConfiguration();
    ClientResources shared = given.getClientResources().orElse(null);
    ClientResources resources =
        (shared == null ? DefaultClientResources.builder() : derivedFrom(shared))
            .reconnectDelay(
                Delay.exponential(
                    MIN_RECONNECT_DELAY, MAX_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
            // A span for each command takes as long as the command, and belongs to no job.
            .tracing(Tracing.disabled())
            .build();
    this.ownResources = shared == null ? resources : null;
    ClientOptions options = options(application, connectTimeout);
    this.factory =
        new LettuceConnectionFactory(
            addressOf(application), configuration(given, options, resources, connectTimeout));
    factory.afterPropertiesSet();
    factory.start();
  }

  private static ClientResources.Builder derivedFrom(ClientResources shared) {
    return shared.mutate().eventLoopGroupProvider(shared.eventLoopGroupProvider());
  }

  private static RedisConfiguration addressOf(LettuceConnectionFactory application) {
    if (application.isClusterAware()) {
      return Objects.requireNonNull(application.getClusterConfiguration());
    }
    if (application.isRedisSentinelAware()) {
      return Objects.requireNonNull(application.getSentinelConfiguration());
    }
    RedisConfiguration socket = application.getSocketConfiguration();
    if (socket != null) {
      return socket;
    }
    refuseStaticMasterReplica(application);
    return application.getStandaloneConfiguration();
  }

  /**
   * The factory has no accessor for such a list. Asked for its single server it would answer {@code
   * localhost:6379}.
   */
  private static void refuseStaticMasterReplica(LettuceConnectionFactory application) {
    Field field = ReflectionUtils.findField(LettuceConnectionFactory.class, "configuration");
    if (field != null) {
      ReflectionUtils.makeAccessible(field);
      if (ReflectionUtils.getField(field, application)
          instanceof RedisStaticMasterReplicaConfiguration) {
        throw new IllegalStateException(
            "MRQ cannot use a fixed list of a master and its replicas (spring.data.redis.masterreplica.nodes), because such a list does not show a failover. Configure the master alone, Sentinel or a Cluster. If the application needs the list, give MRQ a connection factory of its own (mrq.redis.connection-factory).");
      }
    }
  }

  private static ClientOptions options(LettuceConnectionFactory application, Duration timeout) {
    ClientOptions given =
        application.getClientConfiguration().getClientOptions().orElseGet(ClientOptions::create);
    SocketOptions sockets = given.getSocketOptions();
    Duration connect =
        sockets.getConnectTimeout().compareTo(timeout) < 0 ? sockets.getConnectTimeout() : timeout;
    ClientOptions.Builder options =
        application.isClusterAware() ? clusterOptions(given) : given.mutate();
    return options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .replayFilter(_ -> true)
        .socketOptions(sockets.mutate().connectTimeout(connect).build())
        // Callers watch the time themselves: a blocking command may take longer than others.
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .build();
  }

  /** Without these options Lettuce would not notice a failover in the cluster. */
  private static ClientOptions.Builder clusterOptions(ClientOptions given) {
    ClusterClientOptions.Builder options =
        given instanceof ClusterClientOptions cluster
            ? cluster.mutate()
            : ClusterClientOptions.builder(given);
    ClusterTopologyRefreshOptions refresh =
        given instanceof ClusterClientOptions cluster ? cluster.getTopologyRefreshOptions() : null;
    boolean hasOwnRefresh =
        refresh != null
            && (refresh.isPeriodicRefreshEnabled()
                || !refresh.getAdaptiveRefreshTriggers().isEmpty());
    if (!hasOwnRefresh) {
      options.topologyRefreshOptions(
          ClusterTopologyRefreshOptions.builder()
              .enablePeriodicRefresh(TOPOLOGY_REFRESH)
              .enableAllAdaptiveRefreshTriggers()
              .build());
    }
    return options;
  }

  private static LettuceClientConfiguration configuration(
      LettuceClientConfiguration given,
      ClientOptions options,
      ClientResources resources,
      Duration connectTimeout) {
    LettuceClientConfigurationBuilder builder = LettuceClientConfiguration.builder();
    if (given.isUseSsl()) {
      var tls = builder.useSsl().verifyPeer(given.getVerifyMode());
      if (given.isStartTls()) {
        tls.startTls();
      }
    }
    given.getClientName().ifPresent(builder::clientName);
    given.getRedisCredentialsProviderFactory().ifPresent(builder::redisCredentialsProviderFactory);
    return builder
        .clientOptions(options)
        .clientResources(resources)
        // Commands are not timed, so this limits the handshake only.
        .commandTimeout(connectTimeout)
        .shutdownTimeout(given.getShutdownTimeout())
        .shutdownQuietPeriod(given.getShutdownQuietPeriod())
        .build();
  }

  /** Opens a connection in the background. The future fails with a {@code RedisException}. */
  synchronized CompletableFuture<RedisLink> open() {
    CompletableFuture<RedisLink> link =
        CompletableFuture.supplyAsync(this::connected, Thread::startVirtualThread);
    opening = CompletableFuture.allOf(opening, link.handle((_, _) -> true));
    return link;
  }

  private RedisLink connected() {
    AbstractRedisClient client = factory.getRequiredNativeClient();
    return switch (client) {
      case RedisClusterClient cluster -> {
        StatefulRedisClusterConnection<String, String> opened = cluster.connect(StringCodec.UTF8);
        yield new RedisLink(opened, opened.async());
      }
      case RedisClient single -> {
        StatefulRedisConnection<String, String> opened = single.connect(StringCodec.UTF8);
        yield new RedisLink(opened, opened.async());
      }
      default -> throw new IllegalStateException("unknown Redis client: " + client.getClass());
    };
  }

  /**
   * Closes all connections. First it waits for those that are being opened, or Lettuce would log
   * errors for them.
   */
  @Override
  public void close() {
    awaitOpening();
    factory.destroy();
    if (ownResources != null) {
      var _ = ownResources.shutdown(0, 1, TimeUnit.SECONDS);
    }
  }

  private synchronized void awaitOpening() {
    opening.completeOnTimeout(null, connectTimeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
