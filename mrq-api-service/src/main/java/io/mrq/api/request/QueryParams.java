package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query parameters of a request. Unknown parameters are refused. Only the query string counts:
 * a posted form cannot add parameters. Values are literal and never contain operators.
 */
public final class QueryParams {
  private final Map<String, List<String>> values;

  private QueryParams(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the query string.
   *
   * @param known the names of the parameters that the route accepts
   * @throws ProblemException naming a parameter that is unknown, empty or badly encoded
   */
  public static QueryParams of(HttpServletRequest request, String... known) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String query = request.getQueryString();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (!pair.isEmpty()) {
          add(pair, List.of(known), values);
        }
      }
    }
    return new QueryParams(values);
  }

  private static void add(String pair, List<String> known, Map<String, List<String>> values) {
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals), pair);
    String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), pair);
    if (!known.contains(name)) {
      throw refused(
          name,
          known.isEmpty()
              ? "is unknown: this route takes no query parameters"
              : "is unknown: this route takes " + String.join(", ", known));
    }
    if (value.isEmpty()) {
      throw refused(name, "is empty: give it a value, or leave it out");
    }
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /** The value of a parameter that is allowed once; empty when it is absent. */
  public Optional<String> one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw refused(name, "appears %d times, but is allowed once".formatted(all.size()));
    }
    return all.stream().findFirst();
  }

  /** The values of a parameter that is allowed several times, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value of a parameter that is true or false; absent counts as false. */
  public boolean flag(String name) {
    return switch (one(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(name, "must be true or false");
    };
  }

  /** A whole number between two bounds. */
  public int number(String name, int absent, int min, int max) {
    Optional<String> text = one(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Refused below, like a number out of bounds.
    }
    throw refused(name, "must be a whole number from %d to %d".formatted(min, max));
  }

  /** The refusal of a parameter, to be thrown. */
  public static ProblemException refused(String name, String message) {
    return new ProblemException(Problem.of(ProblemType.INVALID_PARAMETER, null, name, message));
  }

  private static String decoded(String text, String pair) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_PARAMETER,
              "The query parameter '%s' is not correctly percent-encoded.".formatted(pair)));
    }
  }
}
