package io.mrq.mongo.queue;

import io.mrq.hash.Sha256;
import io.mrq.mongo.document.FieldReader;
import io.mrq.queue.ParkedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The notes of parked jobs in the document of a queue: {@code {parked: {<key>: {path, noted,
 * waiting, oldest}}}}. A path may hold dots and dollar signs, so the key is the beginning of its
 * hash.
 */
final class ParkedNotes {
  static final String PARKED = "parked";
  static final String PATH = "path";
  static final String NOTED = "noted";
  static final String WAITING = "waiting";
  static final String OLDEST = "oldest";

  private static final int KEY_LENGTH = 16;

  private ParkedNotes() {}

  /** The name of the note of a task. */
  static String name(String path) {
    return PARKED + "." + Sha256.hex(path).substring(0, KEY_LENGTH);
  }

  /** The name of a field of the note of a task. */
  static String name(String path, String field) {
    return name(path) + "." + field;
  }

  /** The notes in the document of a queue, sorted by path. */
  static List<ParkedTask> of(String queue, FieldReader document) {
    List<ParkedTask> notes = new ArrayList<>();
    for (Object value : document.map(PARKED).values()) {
      if (value instanceof Map<?, ?> note
          && note.get(PATH) instanceof String path
          && note.get(NOTED) instanceof Instant noted) {
        notes.add(
            new ParkedTask(
                queue,
                path,
                noted,
                note.get(WAITING) instanceof Number number ? number.longValue() : 0,
                note.get(OLDEST) instanceof Instant date ? date : null));
      }
    }
    notes.sort(Comparator.comparing(ParkedTask::path));
    return notes;
  }
}
