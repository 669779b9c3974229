package io.mrq.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Redis answered a command with an error.
 *
 * @param code the first word of the reply, such as {@code OOM}
 * @param text the whole reply
 */
record ErrorReply(String code, String text) {
  /**
   * What a server answers that cannot serve anybody now, or is not the one to ask. Everything else
   * is about the command, the user or the memory, and a new connection would change nothing.
   */
  private static final Set<String> AWAY =
      Set.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOAUTH", "UNBLOCKED", "BUSY");

  private static final Pattern CODE = Pattern.compile("[A-Z]{2,}");

  /** Before Redis 7 an error inside a script stands at the end of a longer one. */
  private static final Pattern IN_SCRIPT = Pattern.compile("-([A-Z]{2,}) ");

  /**
   * Reads the reply out of what Lettuce threw.
   *
   * @return null when there was no reply: the connection failed, or could not be made
   */
  static @Nullable ErrorReply of(Throwable thrown) {
    if (!(thrown instanceof RedisCommandExecutionException)) {
      return null;
    }
    String text = String.valueOf(thrown.getMessage());
    Matcher code = CODE.matcher(text);
    String first = code.lookingAt() ? code.group() : "ERR";
    Matcher inner = IN_SCRIPT.matcher(text);
    return new ErrorReply(first.equals("ERR") && inner.find() ? inner.group(1) : first, text);
  }

  /** Whether this server is as good as away: asking it again is of no use before that changes. */
  boolean isAway() {
    return AWAY.contains(code);
  }
}
