package io.mrq.service.worker.tasks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute or relative URL reference, parsed by RFC 3986 and with the tolerance of browsers:
 * spaces around it and tabs in it are ignored, {@code \} before the query counts as {@code /}, and
 * characters that are not allowed in a URL are escaped. Existing escapes are kept, as is a percent
 * sign without digits.
 *
 * <p>It is read as bytes, each as a character from 0 to 255, so that a {@code Location} keeps the
 * bytes that the service sent in any charset.
 *
 * @param scheme null when it is relative
 * @param authority host and port as written, null when there is none
 * @param path escaped, perhaps empty
 * @param query escaped, without its question mark; null when there is none
 */
record UrlReference(
    @Nullable String scheme, @Nullable String authority, String path, @Nullable String query) {
  /** RFC 3986, appendix B; a fragment is never sent, so it is dropped. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?",
          Pattern.DOTALL);

  private static final String ALLOWED = "-._~!$&'()*+,;=:@/%";
  private static final String ALLOWED_IN_QUERY = ALLOWED + "?[]";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Parses a reference.
   *
   * @throws IllegalArgumentException with the error, never with the text
   */
  static UrlReference of(String bytes) {
    String text = withSlashes(bytes.strip().replace("\t", ""));
    Matcher parts = PARTS.matcher(text);
    boolean oneLine = text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
    if (!oneLine || !parts.matches()) {
      throw new IllegalArgumentException("contains a line break");
    }
    String query = parts.group(4);
    return new UrlReference(
        parts.group(1),
        parts.group(2),
        escaped(parts.group(3), ALLOWED),
        query == null ? null : escaped(query, ALLOWED_IN_QUERY));
  }

  /** The absolute path of this reference, resolved against {@code base}. */
  String pathFrom(String base) {
    if (authority != null || path.startsWith("/")) {
      return withoutDots(path);
    }
    return path.isEmpty() ? base : withoutDots(base.substring(0, base.lastIndexOf('/') + 1) + path);
  }

  private static String withSlashes(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
      end++;
    }
    return text.substring(0, end).replace('\\', '/') + text.substring(end);
  }

  private static String escaped(String part, String allowed) {
    StringBuilder escaped = new StringBuilder();
    for (char c : part.toCharArray()) {
      if (isLetterOrDigit(c) || allowed.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HEX.toHexDigits((byte) c));
      }
    }
    return escaped.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** RFC 3986, 5.2.4; {@code ..} never leads above the root. */
  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = path.startsWith("/") ? 1 : 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i].replaceAll("%2[eE]", ".")) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }
}
