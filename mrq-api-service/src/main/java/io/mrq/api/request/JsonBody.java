package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON body into plain values (maps in the order of their keys in the body, lists, String,
 * Boolean, Integer, Long, Double, null). It refuses what is ambiguous: a key that appears twice, a
 * number that would lose a digit in 64 bits, half of a surrogate pair, anything after the end.
 */
public final class JsonBody {
  /** Deeper than any job that can be stored, and not too deep for the stack of a thread. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON = new JsonFactory();

  /** How a refusal names what is read. */
  private static final String BODY = "The body";

  private static final String LINE = "The line";

  private final JsonParser parser;
  private final String what;
  private final int maxElements;

  private JsonBody(JsonParser parser, String what, int maxElements) {
    this.parser = parser;
    this.what = what;
    this.maxElements = maxElements;
  }

  /**
   * Reads the body to its end.
   *
   * @param maxElements how many elements the body may have when it is an array
   * @throws ProblemException saying what is wrong and where
   */
  public static @Nullable Object read(InputStream body, int maxElements) {
    return whole(
        () -> JSON.createParser(ObjectReadContext.empty(), decoded(body)), BODY, maxElements);
  }

  /**
   * Reads one line of a body whose lines are JSON values of their own.
   *
   * @param line without the byte order mark that the first line may begin with
   * @throws ProblemException saying what is wrong and where in the line
   */
  public static @Nullable Object readLine(byte[] line) {
    return whole(
        () -> JSON.createParser(ObjectReadContext.empty(), decoded(line)), LINE, Integer.MAX_VALUE);
  }

  private static @Nullable Object whole(Source source, String what, int maxElements) {
    try (JsonParser parser = source.open()) {
      return new JsonBody(parser, what, maxElements).whole();
    } catch (StreamConstraintsException e) {
      throw unreadable(what, "contains a number or a key that is too long", e);
    } catch (StreamReadException e) {
      throw unreadable(what, "is not JSON: " + withoutSource(e.getOriginalMessage()), e);
    } catch (JacksonIOException | IOException _) {
      throw refused(what + " could not be read to its end as UTF-8 text.");
    }
  }

  /** What is read. */
  @FunctionalInterface
  private interface Source {
    JsonParser open() throws IOException;
  }

  /**
   * The text of the body without the byte order mark that some programs put first. The decoder is
   * not the parser's own, which accepts overlong and surrogate sequences.
   */
  private static Reader decoded(InputStream body) throws IOException {
    PushbackReader text =
        new PushbackReader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()));
    int first = text.read();
    if (first >= 0 && first != '\uFEFF') {
      text.unread(first);
    }
    return text;
  }

  /** Decoded at once: a reader for each line would cost more than its text. */
  private static String decoded(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  private @Nullable Object whole() {
    if (parser.nextToken() == null) {
      throw refused(what + " is empty; send JSON.");
    }
    Object value = value(Place.BODY, 0);
    if (parser.nextToken() != null) {
      throw refused(what + " continues after its first JSON value; send only one.");
    }
    return value;
  }

  private @Nullable Object value(Place place, int depth) {
    if (depth > MAX_DEPTH) {
      throw place.refused("is nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place, depth);
      case START_ARRAY -> array(place, depth);
      case VALUE_STRING -> text(parser.getString(), place);
      case VALUE_NUMBER_INT -> wholeNumber(place);
      case VALUE_NUMBER_FLOAT -> fraction(place);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no JSON value starts with " + parser.currentToken());
    };
  }

  private Map<String, @Nullable Object> object(Place place, int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Place at = place.key(parser.currentName());
      String key = text(parser.currentName(), at);
      if (map.containsKey(key)) {
        throw at.refused("appears twice");
      }
      parser.nextToken();
      map.put(key, value(at, depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> array(Place place, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (depth == 0 && list.size() == maxElements) {
        throw refused(
            "The array holds more than %d jobs; send them in several requests."
                .formatted(maxElements));
      }
      list.add(value(place.element(list.size()), depth + 1));
    }
    return list;
  }

  private Object wholeNumber(Place place) {
    return switch (parser.getNumberType()) {
      case INT -> parser.getIntValue();
      case LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
          throw place.refused(
              "is a whole number that does not fit into 64 bits; send it as a text");
    };
  }

  private Double fraction(Place place) {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw place.refused("is too large for a number of 64 bits; send it as a text");
    }
    if (!keepsEveryDigit(number, parser.getString())) {
      throw place.refused("has more digits than a number of 64 bits can keep; send it as a text");
    }
    return number;
  }

  private static boolean keepsEveryDigit(double number, String digits) {
    try {
      return new BigDecimal(Double.toString(number)).compareTo(new BigDecimal(digits)) == 0;
    } catch (NumberFormatException _) {
      // Its exponent does not fit into 32 bits.
      return false;
    }
  }

  private static String text(String text, Place place) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw place.refused("contains half of a surrogate pair, which is not a character");
        }
        i++;
      }
    }
    return text;
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.of(ProblemType.INVALID_JSON, detail));
  }

  private static ProblemException unreadable(String what, String why, JacksonException cause) {
    return refused(what + " " + why + where(what, cause.getLocation()) + ".");
  }

  private static String where(String what, @Nullable TokenStreamLocation at) {
    if (at == null || at.getLineNr() < 1) {
      return "";
    }
    return what.equals(LINE)
        ? " (column %d)".formatted(at.getColumnNr())
        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** Jackson's message without the class names that it adds about the start of an object. */
  private static String withoutSource(String message) {
    int source = message.indexOf(" (start marker at");
    return source < 0 ? message : message.substring(0, source);
  }
}
