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
 * Opens connections to the application's Redis, as the application's connection factory says where
 * it is (single server, socket, Sentinel or Cluster; database, credentials, TLS), but in our own
 * way: commands are refused at once while disconnected and never repeated by the client, a lost
 * connection is tried again at least every second, and only masters are asked. The application's
 * own use of Redis keeps its own options and life cycle; its threads are shared.
 */
final class DispatchClient implements AutoCloseable {
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(20);
  private static final Duration SLOWEST_RECONNECT = Duration.ofSeconds(1);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);

  private final LettuceConnectionFactory factory;
  private final @Nullable ClientResources ownResources;
  private final Duration connectTimeout;
  private CompletableFuture<?> opening = CompletableFuture.completedFuture(true);

  /**
   * Connects to nothing yet.
   *
   * @param application where Redis is
   * @param connectTimeout for each connection, its handshake included
   */
  DispatchClient(LettuceConnectionFactory application, Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    LettuceClientConfiguration given = application.getClientConfiguration();
    ClientResources shared = given.getClientResources().orElse(null);
    ClientResources resources =
        (shared == null ? DefaultClientResources.builder() : derivedFrom(shared))
            .reconnectDelay(
                Delay.exponential(FIRST_RECONNECT, SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS))
            .build();
    this.ownResources = shared == null ? resources : null;
    ClientOptions options = options(application, connectTimeout);
    this.factory =
        new LettuceConnectionFactory(
            where(application), configuration(given, options, resources, connectTimeout));
    factory.afterPropertiesSet();
    factory.start();
  }

  private static ClientResources.Builder derivedFrom(ClientResources shared) {
    return shared.mutate().eventLoopGroupProvider(shared.eventLoopGroupProvider());
  }

  private static RedisConfiguration where(LettuceConnectionFactory application) {
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
   * The factory has no accessor for such a list, and answers with {@code localhost:6379} where it
   * is asked for a single server.
   */
  private static void refuseStaticMasterReplica(LettuceConnectionFactory application) {
    Field field = ReflectionUtils.findField(LettuceConnectionFactory.class, "configuration");
    if (field != null) {
      ReflectionUtils.makeAccessible(field);
      if (ReflectionUtils.getField(field, application)
          instanceof RedisStaticMasterReplicaConfiguration) {
        throw new IllegalStateException(
            "MRQ cannot use a fixed list of master and replicas (spring.data.redis.masterreplica.nodes), since it does not tell of a failover: give it the master alone, Sentinel or a Cluster, by a connection factory of its own (mrq.redis.connection-factory) if the application keeps the list");
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
        // Callers watch the time themselves; a blocking command may take longer than others.
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .build();
  }

  /** A failover in the cluster must be noticed, which Lettuce does only when told to. */
  private static ClientOptions.Builder clusterOptions(ClientOptions given) {
    ClusterClientOptions.Builder options =
        given instanceof ClusterClientOptions cluster
            ? cluster.mutate()
            : ClusterClientOptions.builder(given);
    ClusterTopologyRefreshOptions refresh =
        given instanceof ClusterClientOptions cluster ? cluster.getTopologyRefreshOptions() : null;
    boolean chosen =
        refresh != null
            && (refresh.isPeriodicRefreshEnabled()
                || !refresh.getAdaptiveRefreshTriggers().isEmpty());
    if (!chosen) {
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
        // Without timed commands, this is the time that a handshake may take.
        .commandTimeout(connectTimeout)
        .shutdownTimeout(given.getShutdownTimeout())
        .shutdownQuietPeriod(given.getShutdownQuietPeriod())
        .build();
  }

  /** Makes a connection in the background; it fails with a {@code RedisException}. */
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
        StatefulRedisClusterConnection<String, String> made = cluster.connect(StringCodec.UTF8);
        yield new RedisLink(made, made.async());
      }
      case RedisClient single -> {
        StatefulRedisConnection<String, String> made = single.connect(StringCodec.UTF8);
        yield new RedisLink(made, made.async());
      }
      default -> throw new IllegalStateException("unknown kind of client: " + client.getClass());
    };
  }

  /**
   * Closes all connections. Those that are being made may finish first, or they complain loudly.
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
