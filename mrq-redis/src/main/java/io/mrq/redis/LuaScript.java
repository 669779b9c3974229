package io.mrq.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A script that Redis is asked for by its digest, and is told in full only when it does not know
 * it: after a restart, a failover or {@code SCRIPT FLUSH}.
 *
 * @param source as in the resource file
 * @param digest SHA-1 of the source, as {@code EVALSHA} wants it
 * @param output the type of its result
 * @param <T> what that becomes in Java
 */
record LuaScript<T>(String source, String digest, ScriptOutputType output) {
  /** One run: its keys, all of one cluster slot, and its arguments. */
  record Run(List<String> keys, List<String> arguments) {
    private String[] keyArray() {
      return keys.toArray(String[]::new);
    }

    private String[] argumentArray() {
      return arguments.toArray(String[]::new);
    }
  }

  /** The script of the resource file {@code io/mrq/redis/<name>.lua}. */
  static <T> LuaScript<T> named(String name, ScriptOutputType output) {
    try (InputStream file = LuaScript.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new IllegalStateException("there is no script " + name + ".lua");
      }
      byte[] source = file.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
      return new LuaScript<>(
          new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Runs it once, in one round trip. */
  T run(Exchange exchange, Run run) {
    return runAll(exchange, List.of(run)).getFirst();
  }

  /**
   * Runs it several times in one round trip, or two when a server does not know it. Then all are
   * run again, even those that another server of a cluster has run: they must bear it.
   */
  List<T> runAll(Exchange exchange, List<Run> runs) {
    try {
      return exchange.replies(
          sent(
              runs,
              run ->
                  exchange.redis().evalsha(digest, output, run.keyArray(), run.argumentArray())));
    } catch (RedisNoScriptException _) {
      return exchange.replies(
          sent(
              runs,
              run -> exchange.redis().eval(source, output, run.keyArray(), run.argumentArray())));
    }
  }

  private List<RedisFuture<T>> sent(List<Run> runs, Function<Run, RedisFuture<T>> command) {
    return runs.stream().map(command).toList();
  }
}
