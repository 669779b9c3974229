package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.Completion;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.query.JobFilter;
import io.mrq.query.QueryTooSlowException;
import io.mrq.store.RunState;
import io.mrq.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lost answers to what clients, workers and duties ask. */
class LostAnswersTest extends LostAnswersBench {
  LostAnswersTest() throws IOException {}

  static Stream<Verb> writes() {
    return Stream.of(
        new Verb("insert", "insert", c -> c.stores().jobs().insert(List.of(c.fixture().fresh))),
        new Verb(
            "withdraw",
            "delete",
            c -> c.stores().jobs().withdraw(List.of(c.fixture().queued.id()))),
        new Verb(
            "claim",
            "update",
            c ->
                c.stores()
                    .jobs()
                    .claim(c.fixture().other, "default", List.of(c.fixture().queued.id()), NOW)),
        new Verb(
            "claim of one",
            "findAndModify",
            c ->
                c.stores()
                    .jobs()
                    .claim(c.fixture().other, "default", c.fixture().queued.id(), NOW)),
        new Verb(
            "giveBack", "update", c -> c.stores().jobs().giveBack(List.of(c.fixture().run()), NOW)),
        new Verb("complete", "update", LostAnswersTest::complete),
        new Verb(
            "resume",
            "update",
            c -> c.stores().jobs().resume(List.of(c.fixture().stoppedRun()), NOW)),
        new Verb(
            "returnUnknown",
            "update",
            c -> c.stores().jobs().returnUnknown(List.of(c.fixture().run()), NOW)),
        new Verb(
            "rescue",
            "update",
            c -> c.stores().recovery().rescue(c.fixture().claim.worker(), 5, NOW)),
        new Verb("requeueDue", "update", c -> c.stores().recovery().requeueDue(LATER, 10)),
        new Verb(
            "requeueInterrupted", "update", c -> c.stores().recovery().requeueInterrupted(NOW, 10)),
        new Verb("adopt", "update", c -> c.stores().recovery().adopt("python", 10)),
        new Verb("deleteExpired", "delete", c -> c.stores().recovery().deleteExpired(LATER, 10)),
        new Verb(
            "cancel",
            "update",
            c ->
                c.stores()
                    .moves()
                    .cancel(c.fixture().queued.id(), JobTransition.CANCEL.from(), NOW, LATER)),
        new Verb(
            "requeue",
            "update",
            c ->
                c.stores()
                    .moves()
                    .requeue(
                        new ReadyJob(c.fixture().finished.id(), "other", 7),
                        JobTransition.REQUEUE.from(),
                        NOW)),
        new Verb(
            "take",
            "insert",
            c -> c.stores().keys().take("k", c.fixture().queued.id(), "b", NOW, LATER)),
        new Verb("deleteExpired key", "delete", c -> c.stores().keys().deleteExpired(LATER, 10)),
        new Verb("pause", "update", c -> c.stores().pauses().pause("q", "me", "because", NOW)),
        new Verb("resume queue", "update", c -> c.stores().pauses().resume("paused")),
        new Verb(
            "register",
            "insert",
            c -> c.stores().workers().register(c.fixture().newWorker, Map.of("name", "n"))),
        new Verb(
            "report",
            "update",
            c -> c.stores().workers().report(c.fixture().claim.worker(), Map.of("done_jobs", 1))),
        new Verb("drain", "update", c -> c.stores().workers().drain(c.fixture().claim.worker())),
        new Verb(
            "markLost",
            "update",
            c -> c.stores().workers().markLost(c.fixture().claim.worker(), 0)),
        new Verb(
            "markAbsentLost",
            "insert",
            c -> c.stores().workers().markAbsentLost(c.fixture().newWorker, NOW)),
        new Verb(
            "deleteUnreported", "delete", c -> c.stores().workers().deleteUnreported(LATER, 10)),
        new Verb(
            "record",
            "update",
            c -> c.stores().stats().record(Fixture.COUNTS, NOW.plusSeconds(60))),
        new Verb("deleteOlder", "delete", c -> c.stores().stats().deleteOlder(LATER, 10)));
  }

  static Stream<Verb> reads() {
    List<String> queue = List.of("default");
    return Stream.of(
        new Verb(
            "claimed",
            "find",
            c -> c.stores().jobs().claimed(c.fixture().claim, c.fixture().ids())),
        new Verb("queued", "find", c -> c.stores().jobs().queued(queue, 10)),
        new Verb("states", "find", c -> c.stores().jobs().states(c.fixture().ids())),
        new Verb("runsOf", "find", c -> c.stores().jobs().runsOf(c.fixture().claim.worker())),
        new Verb("find", "find", c -> c.stores().queries().find(c.fixture().queued.id())),
        new Verb("list", "find", c -> c.stores().queries().list(JobFilter.ALL, null, 10)),
        new Verb("workersWithRuns", "distinct", c -> c.stores().recovery().workersWithRuns()),
        new Verb("queuesWithJobs", "distinct", c -> c.stores().recovery().queuesWithJobs()),
        new Verb("inOrder", "find", c -> c.stores().recovery().inOrder("default", null, 10)),
        new Verb("stillQueued", "find", c -> c.stores().recovery().stillQueued(c.fixture().ids())),
        new Verb("count", "aggregate", c -> c.stores().recovery().count()),
        new Verb("paused", "find", c -> c.stores().pauses().paused()),
        new Verb("sample", "find", c -> c.stores().stats().sample(NOW)),
        new Verb(
            "beat", "findAndModify", c -> c.stores().workers().beat(c.fixture().claim.worker())),
        new Verb("beats", "find", c -> c.stores().workers().beats()),
        new Verb(
            "presence",
            "find",
            c -> c.stores().workers().presence(List.of(c.fixture().claim.worker()))),
        new Verb("documents", "find", c -> c.stores().workers().documents(10)),
        new Verb("indexes", "listIndexes", c -> c.stores().indexes().ensure()));
  }

  static Stream<Verb> all() {
    return Stream.concat(writes(), reads());
  }

  @Test
  @DisplayName("a lost answer to a completion is known again by worker and claim")
  void ownCompletionIsKnownAgain() {
    fixture.store(MongoStores.of(direct), direct);

    relay.loseReply(marker("update"));
    assertThatThrownBy(() -> complete(new Call(stores, fixture)))
        .isInstanceOf(StoreUnavailableException.class);

    RunState state =
        untilAvailable(() -> stores.jobs().states(List.of(fixture.started.id())))
            .values()
            .iterator()
            .next();
    assertThat(state.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(state.isOf(fixture.claim)).isTrue();
  }

  @Test
  @DisplayName("a lost answer to a claim: the same claim finds what it won")
  void ownClaimIsFoundAgain() {
    fixture.store(MongoStores.of(direct), direct);
    List<JobId> ids = List.of(fixture.queued.id());

    relay.loseReply(marker("update"));
    assertThatThrownBy(() -> stores.jobs().claim(fixture.other, "default", ids, NOW))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(untilAvailable(() -> stores.jobs().claim(fixture.other, "default", ids, NOW)))
        .isZero();
    assertThat(stores.jobs().claimed(fixture.other, ids))
        .singleElement()
        .satisfies(job -> assertThat(job.attempt()).isOne());
  }

  @Test
  @DisplayName("a beat does not wait for a server that never answers")
  void beatHasItsOwnTimeout() {
    fixture.store(MongoStores.of(direct), direct);

    relay.neverAnswer(marker("findAndModify"));

    assertThatThrownBy(() -> stores.workers().beat(fixture.claim.worker()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(relay.hasFailed()).isTrue();
  }

  @Test
  @DisplayName("a call ends when its timeout does, though the server never answers")
  void callsHaveATimeout() {
    MongoStores hasty =
        MongoStores.of(client.getDatabase(direct.getName()), Duration.ofMillis(300));

    relay.neverAnswer(marker("insert"));

    assertThatThrownBy(() -> hasty.jobs().insert(List.of(fixture.fresh)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("a question that is not answered in its time took too long, and is told so")
  void slowQuestion() {
    MongoStores hasty =
        MongoStores.of(client.getDatabase(direct.getName()), Duration.ofMillis(300));

    relay.neverAnswer(marker("find"));

    assertThatThrownBy(() -> hasty.queries().summaries(JobFilter.ALL, null, 10))
        .isInstanceOf(QueryTooSlowException.class);
  }

  @Test
  @DisplayName("a question that found no server was not too slow")
  void questionWithoutAServer() {
    MongoStores hasty =
        MongoStores.of(client.getDatabase(direct.getName()), Duration.ofMillis(300));
    relay.cut();

    assertThatThrownBy(() -> hasty.queries().summaries(JobFilter.ALL, null, 10))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("after the client was closed, calls say so in the ports' own words")
  void closedClient() {
    client.close();

    assertThatThrownBy(() -> stores.queries().find(JobId.next()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private static void complete(Call call) {
    Completion end =
        Completion.of(
            call.fixture().running(),
            call.fixture().claim,
            new JobOutcome.Succeeded(1),
            Retention.DEFAULT,
            NOW);
    call.stores().jobs().complete(List.of(call.stores().jobs().prepare(end)));
  }
}
