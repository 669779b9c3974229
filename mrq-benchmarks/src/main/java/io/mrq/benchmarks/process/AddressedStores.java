package io.mrq.benchmarks.process;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import org.bson.Document;

/**
 * A MongoDB and a Redis that run already. The bench has a database and a prefix of its own there,
 * which it deletes. The servers tell what they have used; what they do not tell stays 0.
 */
public final class AddressedStores implements Stores {
  private static final int SCAN_SIZE = 1_000;

  private final String mongoUri;
  private final String redisUri;
  private final String name;
  private final MongoClient mongo;
  private final RedisClient redisClient;
  private final StatefulRedisConnection<String, String> redis;

  /**
   * Connects to them.
   *
   * @param mongo the address, whose database is not used
   * @param redis the address
   * @param name of the database and the prefix, used by nobody else
   */
  public AddressedStores(String mongo, String redis, String name) {
    this.mongoUri = withDatabase(mongo, name);
    this.redisUri = redis;
    this.name = name;
    this.mongo = MongoClients.create(mongoUri);
    this.redisClient = RedisClient.create(redis);
    this.redis = redisClient.connect();
  }

  private static String withDatabase(String uri, String database) {
    String given = new ConnectionString(uri).getDatabase();
    int query = uri.indexOf('?');
    String options = query < 0 ? "" : uri.substring(query);
    String base = query < 0 ? uri : uri.substring(0, query);
    if (given != null) {
      base = base.substring(0, base.length() - given.length());
    }
    String slash = base.substring("mongodb://".length()).contains("/") ? "" : "/";
    return base + slash + database + options;
  }

  @Override
  public String mongoUri() {
    return mongoUri;
  }

  @Override
  public String redisUri() {
    return redisUri;
  }

  @Override
  public String redisPrefix() {
    return name;
  }

  @Override
  public ProcessUsage mongoUsage() {
    Document status = mongo.getDatabase("admin").runCommand(new Document("serverStatus", 1));
    long cpu =
        number(status, "extra_info", "user_time_us")
            + number(status, "extra_info", "system_time_us");
    long written =
        number(status, "wiredTiger", "block-manager", "bytes written")
            + number(status, "wiredTiger", "log", "log bytes written");
    return new ProcessUsage(cpu, written, (1L << 20) * number(status, "mem", "resident"));
  }

  private static long number(Document status, String... path) {
    Object value = status;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public ProcessUsage redisUsage() {
    String info = redis.sync().info();
    double cpu = 1e6 * (value(info, "used_cpu_sys:") + value(info, "used_cpu_user:"));
    return new ProcessUsage((long) cpu, 0, (long) value(info, "used_memory_rss:"));
  }

  private static double value(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      mongo.getDatabase(name).drop();
      mongo.getDatabase(name + "_bare").drop();
      deleteKeys();
    } finally {
      redis.close();
      redisClient.shutdown();
      mongo.close();
    }
  }

  private void deleteKeys() {
    ScanArgs ours = ScanArgs.Builder.matches(name + ":*").limit(SCAN_SIZE);
    KeyScanCursor<String> cursor = redis.sync().scan(ours);
    while (true) {
      if (!cursor.getKeys().isEmpty()) {
        var _ = redis.sync().unlink(cursor.getKeys().toArray(String[]::new));
      }
      if (cursor.isFinished()) {
        return;
      }
      cursor = redis.sync().scan(cursor, ours);
    }
  }
}
