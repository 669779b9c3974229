package io.mrq.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script that Redis is asked for by its digest, and is told in full only when it does not know it:
 * after a restart, a failover or {@code SCRIPT FLUSH}.
 *
 * @param source as in the resource file
 * @param digest SHA-1 of the source, as {@code EVALSHA} wants it
 * @param output the type of its result
 */
record LuaScript(String source, String digest, ScriptOutputType output) {
  /** One run of a script: its keys, all of one cluster slot, and its arguments. */
  record Run(List<String> keys, List<String> arguments) {}

  /** The script {@code io/mrq/redis/<name>.lua}. */
  static LuaScript named(String name, ScriptOutputType output) {
    try (InputStream file = LuaScript.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new IllegalStateException("there is no script " + name + ".lua");
      }
      byte[] source = file.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
      return new LuaScript(
          new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Runs it once. */
  <T> T run(Pipeline pipeline, Run run) {
    return this.<T>runAll(pipeline, List.of(run)).getFirst();
  }

  /** Runs it several times in one round trip. */
  <T> List<T> runAll(Pipeline pipeline, List<Run> runs) {
    List<Pipeline.Reply<T>> replies =
        pipeline.<T>tryAll(redis -> runs.stream().map(run -> this.<T>byDigest(redis, run)).toList());
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i).error() instanceof RedisNoScriptException) {
        unknown.add(i);
      }
    }
  }
}
