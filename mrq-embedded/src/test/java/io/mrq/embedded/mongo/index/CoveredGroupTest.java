package io.mrq.embedded.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CoveredGroupTest {
  private static final Document FILTER = new Document("status", "queued");

  private static CoveredGroup.Needed needed(Document group) {
    return Objects.requireNonNull(CoveredGroup.Needed.of(FILTER, group));
  }

  private static Document within(Object least, Object most) {
    return new Document(
        "$and",
        List.of(
            new Document("$gte", List.of("$order", least)),
            new Document("$lte", List.of("$order", most))));
  }

  @Test
  void aNumberWithinBoundsIsComputedFromTheIndexAlone() {
    Document date =
        new Document("$mod", List.of(new Document("$subtract", List.of("$order", -1.0)), 8.0));
    Document group =
        new Document("_id", "$queue")
            .append(
                "oldest",
                new Document(
                    "$min", new Document("$cond", Arrays.asList(within(-1.0, 99.0), date, null))));

    assertThat(needed(group).asStored()).containsExactlyInAnyOrder("status", "queue");
    assertThat(needed(group).computed()).containsExactly("order");
  }

  @Test
  void aNumberThatIsComparedWithAFieldIsReadFromTheDocument() {
    Document group = new Document("_id", within("$a", "$b"));

    assertThat(needed(group).asStored()).containsExactlyInAnyOrder("status", "order", "a", "b");
    assertThat(needed(group).computed()).isEmpty();
  }
}
