package io.mrq.mongo;

import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditId;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore.Held;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves.RetryCount;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.query.JobFilter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lost answers to what operators ask, and to the runner of their bulk actions. */
class LostOperatorAnswersTest extends LostAnswersBench {
  private static final BulkFilter MAILS = BulkFilter.of(JobFilter.ALL.queue("mails"));
  private static final BulkAction WAITING = action(Status.WAITING, null);
  private static final BulkAction RUNNING = action(Status.WAITING, null);
  private static final BulkAction ENDED = action(Status.DONE, NOW);
  private static final BulkAction FRESH = action(Status.WAITING, null);
  private static final ClaimToken RUNNER = ClaimToken.next();
  private static final AuditEntry BEGUN = entry();
  private static final AuditEntry UNWRITTEN = entry();

  LostOperatorAnswersTest() throws IOException {}

  private static BulkAction action(Status status, @Nullable Instant ended) {
    return new BulkAction(
        BulkActionId.next(),
        Kind.CANCEL,
        MAILS,
        null,
        status,
        "operator",
        NOW,
        null,
        ended,
        BulkProgress.of(3, 0),
        null);
  }

  private static AuditEntry entry() {
    return new AuditEntry(
        AuditId.next(),
        NOW,
        "operator",
        "queue.pause",
        "q",
        Map.of(),
        null,
        AuditEntry.Outcome.BEGUN,
        null);
  }

  @Override
  void storeMore(MongoStores into) {
    List.of(WAITING, RUNNING, ENDED).forEach(into.actions()::create);
    into.actions().take(new Held(RUNNING, null, 0, false), RUNNER, NOW);
    into.audit().append(BEGUN, LATER);
    into.workers().drain(fixture.claim.worker());
  }

  static Stream<Verb> writes() {
    BulkProgress progress = BulkProgress.of(3, 0).choosing(List.of(JobId.next()));
    return Stream.of(
        new Verb("append", "insert", c -> c.stores().audit().append(UNWRITTEN, LATER)),
        new Verb(
            "conclude",
            "update",
            c -> c.stores().audit().conclude(BEGUN.id(), AuditEntry.Outcome.DONE, "why")),
        new Verb("delete audit", "delete", c -> c.stores().audit().deleteExpired(LATER, 10)),
        new Verb(
            "undrain", "update", c -> c.stores().workers().undrain(c.fixture().claim.worker())),
        new Verb("create", "insert", c -> c.stores().actions().create(FRESH)),
        new Verb(
            "take",
            "findAndModify",
            c -> c.stores().actions().take(new Held(WAITING, null, 0, false), RUNNER, NOW)),
        new Verb("advance", "findAndModify", c -> c.stores().actions().advance(held(), progress)),
        new Verb(
            "finish",
            "findAndModify",
            c -> c.stores().actions().finish(held(), progress.complete(), Status.DONE, null, NOW)),
        new Verb("stop waiting", "update", c -> c.stores().actions().stop(WAITING.id(), NOW)),
        new Verb("delete ended", "delete", c -> c.stores().actions().deleteEnded(LATER, 10)),
        new Verb("bulk requeue", "update", LostOperatorAnswersTest::requeue),
        new Verb("bulk cancel", "update", LostOperatorAnswersTest::cancel));
  }

  static Stream<Verb> all() {
    return Stream.concat(
        writes(),
        Stream.of(
            // Its first write is for an action that waits, and changes nothing here.
            new Verb("stop running", "update", c -> c.stores().actions().stop(RUNNING.id(), NOW)),
            new Verb("pauses", "find", c -> c.stores().pauses().pauses()),
            new Verb("audit", "find", c -> c.stores().audit().list(null, 10)),
            new Verb("find action", "find", c -> c.stores().actions().find(WAITING.id())),
            new Verb("list actions", "find", c -> c.stores().actions().list(10)),
            new Verb("open actions", "find", c -> c.stores().actions().open(10)),
            new Verb("bulk count", "aggregate", c -> c.stores().bulk().count(MAILS)),
            new Verb("bulk next", "find", c -> c.stores().bulk().next(MAILS, null, 10)),
            new Verb("bulk load", "find", c -> c.stores().bulk().load(c.fixture().ids())),
            new Verb(
                "moved by",
                "find",
                c -> c.stores().bulk().movedBy(WAITING.id(), c.fixture().ids()))));
  }

  /** The running action as its runner knows it. */
  private static Held held() {
    BulkAction running =
        new BulkAction(
            RUNNING.id(),
            RUNNING.kind(),
            RUNNING.filter(),
            null,
            Status.RUNNING,
            RUNNING.who(),
            NOW,
            NOW,
            null,
            RUNNING.progress(),
            null);
    return new Held(running, RUNNER, 1, false);
  }

  private static void requeue(Call call) {
    call.stores()
        .bulk()
        .requeue(
            WAITING.id(),
            BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.SUCCESS))),
            List.of(new ReadyJob(call.fixture().finished.id(), "other", 7)),
            RetryCount.ZERO,
            NOW);
  }

  private static void cancel(Call call) {
    call.stores()
        .bulk()
        .cancel(
            WAITING.id(),
            BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.QUEUED))),
            Map.of(call.fixture().queued.id(), LATER),
            NOW);
  }
}
