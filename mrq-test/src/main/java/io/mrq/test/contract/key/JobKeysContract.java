package io.mrq.test.contract.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.key.JobKeys.Holder;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code JobKeys} do: each key belongs to one job. */
public abstract class JobKeysContract extends StoreContract {

  @Test
  void whoComesFirstHasTheKey() {
    JobId first = JobId.next();

    assertThat(ports.keys().take("k", first, "body", NOW, LATER))
        .isEqualTo(new Holder(first, "body", false));
    assertThat(ports.keys().take("k", JobId.next(), "body", NOW, LATER))
        .as("the same request again")
        .isEqualTo(new Holder(first, "body", false));
    assertThat(ports.keys().take("k", first, "body", NOW, LATER))
        .as("the same call sent again")
        .isEqualTo(new Holder(first, "body", false));
  }

  @Test
  void theHoldersBodyTellsAnotherRequestFromTheSame() {
    JobId first = JobId.next();
    ports.keys().take("k", first, "body", NOW, LATER);

    assertThat(ports.keys().take("k", JobId.next(), "other", NOW, LATER))
        .isEqualTo(new Holder(first, "body", false));
  }

  @Test
  void keysAreIndependent() {
    JobId one = JobId.next();
    JobId two = JobId.next();

    assertThat(ports.keys().take("scope:one", one, "b", NOW, LATER).job()).isEqualTo(one);
    assertThat(ports.keys().take("scope:two", two, "b", NOW, LATER).job()).isEqualTo(two);
  }

  @Test
  void anExpiredKeyCanBeTakenByAnother() {
    JobId first = JobId.next();
    JobId second = JobId.next();
    ports.keys().take("k", first, "body", NOW, LATER);

    assertThat(
            ports
                .keys()
                .take("k", second, "other", LATER.minusMillis(1), LATER.plusSeconds(9))
                .job())
        .isEqualTo(first);
    assertThat(ports.keys().take("k", second, "other", LATER, LATER.plusSeconds(9)))
        .isEqualTo(new Holder(second, "other", false));
    assertThat(ports.keys().take("k", first, "body", LATER.plusSeconds(1), LATER.plusSeconds(9)))
        .isEqualTo(new Holder(second, "other", false));
  }

  @Test
  void aKeyTellsThatItsJobWasStored() {
    JobId job = JobId.next();
    JobId other = JobId.next();
    ports.keys().take("k", job, "body", NOW, LATER);
    ports.keys().take("o", other, "body", NOW, LATER);

    ports.keys().stored(Map.of("k", job));
    ports.keys().stored(Map.of());

    assertThat(ports.keys().take("k", JobId.next(), "body", NOW, LATER))
        .isEqualTo(new Holder(job, "body", true));
    assertThat(ports.keys().take("o", JobId.next(), "body", NOW, LATER))
        .isEqualTo(new Holder(other, "body", false));
  }

  @Test
  void aNoteThatComesWhenTheKeyIsAnothersChangesNothing() {
    JobId first = JobId.next();
    JobId second = JobId.next();
    ports.keys().take("k", first, "body", NOW, LATER);
    ports.keys().take("k", second, "other", LATER, LATER.plusSeconds(9));

    ports.keys().stored(Map.of("k", first, "nobodys", JobId.next()));

    assertThat(ports.keys().take("k", first, "body", LATER, LATER.plusSeconds(9)))
        .isEqualTo(new Holder(second, "other", false));
  }

  @Test
  void anExpiredKeyIsTakenWithoutTheNoteOfItsFormerJob() {
    JobId first = JobId.next();
    JobId second = JobId.next();
    ports.keys().take("k", first, "body", NOW, LATER);
    ports.keys().stored(Map.of("k", first));

    assertThat(ports.keys().take("k", second, "body", LATER, LATER.plusSeconds(9)))
        .isEqualTo(new Holder(second, "body", false));
    assertThat(ports.keys().take("k", first, "body", LATER, LATER.plusSeconds(9)))
        .isEqualTo(new Holder(second, "body", false));
  }

  @Test
  void manyTakersAgreeOnOneJob() {
    List<Holder> holders =
        Race.of(8, runner -> ports.keys().take("k", JobId.next(), "b" + runner, NOW, LATER));

    assertThat(new HashSet<>(holders)).hasSize(1);
  }

  @Test
  void manyTakersOfAnExpiredKeyAgreeOnOneJobToo() {
    JobId old = JobId.next();
    ports.keys().take("k", old, "body", NOW, LATER);

    List<Holder> holders =
        Race.of(
            8,
            runner ->
                ports.keys().take("k", JobId.next(), "b" + runner, LATER, LATER.plusSeconds(9)));

    assertThat(Set.copyOf(holders)).hasSize(1);
    assertThat(holders.getFirst().job()).isNotEqualTo(old);
  }

  @Test
  void expiredKeysAreDeletedInBoundedPieces() {
    for (int i = 0; i < 5; i++) {
      ports.keys().take("old" + i, JobId.next(), "b", NOW, LATER);
    }
    JobId kept = JobId.next();
    ports.keys().take("kept", kept, "b", NOW, LATER.plusMillis(1));

    assertThat(ports.keys().deleteExpired(LATER, 3)).isEqualTo(3);
    assertThat(ports.keys().deleteExpired(LATER, 3)).isEqualTo(2);
    assertThat(ports.keys().deleteExpired(LATER, 3)).isZero();

    assertThat(ports.keys().take("kept", JobId.next(), "b", LATER, LATER.plusSeconds(1)).job())
        .isEqualTo(kept);
  }
}
