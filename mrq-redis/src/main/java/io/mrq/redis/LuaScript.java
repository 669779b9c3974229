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
 * A Lua script that Redis runs. It is called by its digest. Its source is sent only to a server
 * that does not know it yet, such as after a restart, a failover or {@code SCRIPT FLUSH}.
 *
 * @param source the content of the resource file
 * @param digest SHA-1 of the source, for {@code EVALSHA}
 * @param output the type of the result in Redis
 * @param <T> the type of the result in Java
 */
record LuaScript<T>(String source, String digest, ScriptOutputType output) {
  /**
   * The input of one call.
   *
   * @param keys all of one cluster slot
   */
  record Input(List<String> keys, List<String> arguments) {
    private String[] keyArray() {
      return keys.toArray(String[]::new);
    }

    private String[] argumentArray() {
      return arguments.toArray(String[]::new);
    }
  }

  /** Loads the script from the resource file {@code io/mrq/redis/<name>.lua}. */
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

  /** Runs the script once: one round trip, or two if the server does not know it. */
  T run(Exchange exchange, Input input) {
    return runAll(exchange, List.of(input)).getFirst();
  }

  /**
   * Runs the script several times: one round trip, or two if a server does not know it. In a
   * cluster, other servers may have run their calls in the first trip and run them again in the
   * second, so a script must allow that.
   */
  List<T> runAll(Exchange exchange, List<Input> inputs) {
    try {
      return exchange.replies(
          sent(
              inputs,
              input ->
                  exchange
                      .redis()
                      .evalsha(digest, output, input.keyArray(), input.argumentArray())));
    } catch (RedisNoScriptException _) {
      return exchange.replies(
          sent(
              inputs,
              input ->
                  exchange.redis().eval(source, output, input.keyArray(), input.argumentArray())));
    }
  }

  private List<RedisFuture<T>> sent(List<Input> inputs, Function<Input, RedisFuture<T>> command) {
    return inputs.stream().map(command).toList();
  }
}
