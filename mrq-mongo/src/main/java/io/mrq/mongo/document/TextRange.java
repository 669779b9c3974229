package io.mrq.mongo.document;

import org.bson.Document;

/** Ranges of texts, which MongoDB orders by their code points. */
public final class TextRange {
  private TextRange() {}

  /** Matches the texts with this prefix. */
  public static Document beginningWith(String prefix) {
    Document range = new Document("$gte", prefix);
    int[] points = prefix.codePoints().toArray();
    int last = points.length - 1;
    while (last >= 0 && points[last] == Character.MAX_CODE_POINT) {
      last--;
    }
    // No text follows those with this prefix when it is empty, or only has the last character of
    // all.
    if (last >= 0) {
      points[last] = next(points[last]);
      range.append("$lt", new String(points, 0, last + 1));
    }
    return range;
  }

  private static int next(int point) {
    return point + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : point + 1;
  }
}
