package io.mrq.embedded.mongo.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which updates are carried out on bytes: those that a queue sends for its jobs, and their like.
 */
class RawStatementTest {
  private static final String ID = "ObjectId('6b09e2b6b90b35198f9f99a9')";

  private static byte[] bytes(String json) {
    ByteBuffer buffer = RawBsonDocument.parse(json).getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static RawDocument raw(String json) {
    return Objects.requireNonNull(RawDocument.of(bytes(json)));
  }

  private static @Nullable RawStatement statement(String json) {
    return RawStatement.of(raw(json.replace("ID", ID)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A claim.
        "{q: {_id: {$in: [ID, ID]}, status: 'queued', queue: 'q'}, multi: true, hint: {_id: 1},"
            + " u: {$set: {status: 'started', worker: ID, claim: ID, datestarted: ISODate()},"
            + " $inc: {attempt: 1}, $unset: {result: '', progress: '', dateexpires: ''}}}",
        // A completion.
        "{q: {_id: ID, status: 'started', worker: ID, claim: ID}, hint: {_id: 1},"
            + " u: {$set: {status: 'success', totaltime: 0.1, result: {a: [1, null]}},"
            + " $unset: {traceback: ''}}}",
        // Progress.
        "{q: {_id: ID, status: {$in: ['started', 'retry']}}, u: {$set: {progress: 0.5}}}",
        "{q: {_id: ID}, u: {$inc: {n: 1}}, upsert: false}"
      })
  void is_carried_out_on_bytes(String statement) {
    assertThat(statement(statement)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{q: {status: 'queued'}, u: {$set: {a: 1}}}",
        "{q: {_id: 1}, u: {$set: {a: 1}}}",
        "{q: {_id: {$gt: ID}}, u: {$set: {a: 1}}}",
        "{q: {_id: ID, n: 1}, u: {$set: {a: 1}}}",
        "{q: {_id: ID, a: null}, u: {$set: {a: 1}}}",
        "{q: {_id: ID, 'a.b': 'x'}, u: {$set: {a: 1}}}",
        "{q: {_id: ID, $or: [{a: 'x'}]}, u: {$set: {a: 1}}}",
        "{q: {_id: ID}, u: {$set: {'a.b': 1}}}",
        "{q: {_id: ID}, u: {$set: {_id: 1}}}",
        "{q: {_id: ID}, u: {$set: {a: 1}, $inc: {a: 1}}}",
        "{q: {_id: ID}, u: {$push: {a: 1}}}",
        "{q: {_id: ID}, u: {a: 1}}",
        "{q: {_id: ID}, u: [{$set: {a: 1}}]}",
        "{q: {_id: ID}, u: {$set: {a: 1}}, upsert: true}",
        "{q: {_id: ID}, u: {$set: {a: 1}}, arrayFilters: []}"
      })
  void is_left_to_the_library(String statement) {
    assertThat(statement(statement)).isNull();
  }

  @Test
  void a_field_keeps_its_place_and_new_ones_follow_in_order() {
    RawUpdate update =
        Objects.requireNonNull(
            RawUpdate.of(raw("{$set: {b: 'two', e: 5}, $inc: {n: 1}, $unset: {c: ''}}")));

    byte[] changed = update.applyTo(raw("{a: 1, b: 2, c: 3, d: 4}"));

    assertThat(changed).isEqualTo(bytes("{a: 1, b: 'two', d: 4, e: 5, n: 1}"));
  }

  @Test
  void a_field_that_is_no_number_is_left_to_the_library() {
    RawUpdate update = Objects.requireNonNull(RawUpdate.of(raw("{$inc: {n: 1}}")));

    assertThat(update.applyTo(raw("{n: 'x'}"))).isNull();
    assertThat(update.applyTo(raw("{n: null}"))).isNull();
  }

  @Test
  void bytes_that_end_too_early_or_lie_about_their_length_are_no_document() {
    byte[] whole =
        bytes("{a: 'text', b: {c: [1, 2]}, d: {$binary: {base64: 'AAAA', subType: '00'}}}");

    for (int length = 0; length < whole.length; length++) {
      assertThat(RawDocument.of(whole, 0, length)).isNull();
    }
    for (int place = 0; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] = (byte) 0x7e;
      RawDocument document = RawDocument.of(damaged);
      for (int field = 0; document != null && field < document.size(); field++) {
        assertThat(document.valueEnd(field)).isLessThan(whole.length);
      }
    }
  }
}
