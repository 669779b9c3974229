package io.mrq.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error with which Redis answered a command.
 *
 * @param code the first word of the reply, such as {@code OOM}
 * @param text the whole reply
 */
record ErrorReply(String code, String text) {
  /**
   * Errors of a server that cannot serve anyone now, or that is no longer the master. All other
   * errors concern the command, the user or the memory, and a new connection would not help.
   */
  private static final Set<String> AWAY_CODES =
      Set.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOAUTH", "UNBLOCKED", "BUSY");

  private static final Pattern CODE = Pattern.compile("[A-Z]{2,}");

  /** Before Redis 7, the error of a command inside a script is the end of a longer message. */
  private static final Pattern IN_SCRIPT = Pattern.compile("-([A-Z]{2,}) ");

  /**
   * Reads the reply from an exception of Lettuce.
   *
   * @return null if there was no reply, because the connection failed or could not be opened
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

  /** Whether this server counts as away: asking it again is useless until its state changes. */
  boolean isAway() {
    return AWAY_CODES.contains(code);
  }
}
