package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.client.TaskReference;
import io.mrq.job.InvalidJobException;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Paths, params and results of tasks that are named by their Java code, without any bean. */
class StoredTasksTest {
  private static final Instant DATE = Instant.parse("2026-01-02T03:04:05.678Z");

  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
  private final StoredTasks tasks = new StoredTasks(beans, JsonMapper.builder().build());

  @Test
  void aPathIsThatOfTheAnnotationWithItsPlaceholdersOrElseTheName() {
    beans.addEmbeddedValueResolver(text -> text.replace("${name}", "resolved"));

    assertThat(tasks.path(TaskReference.to(Mails::welcome))).isEqualTo("mails.welcome");
    assertThat(tasks.path(TaskReference.to(Mails::placed))).isEqualTo("mails.resolved");
    assertThat(tasks.path(TaskReference.to(Mails::nameless)))
        .isEqualTo(Mails.class.getName() + ".nameless");
    assertThat(tasks.path(TaskReference.to(Shout.class))).isEqualTo(Shout.class.getName());
    assertThat(tasks.path(TaskReference.to(Named.class))).isEqualTo("named");
    assertThat(tasks.path(TaskReference.to(Greetings::greet))).isEqualTo("greetings.greet");
    assertThat(tasks.path(TaskReference.to(Greeter::greet))).isEqualTo("greetings.greet");
  }

  @Test
  void codeThatTellsNoPathIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tasks.path(TaskReference.to(Mails::noTask)))
        .withMessageContaining("noTask is no task: it has no @MrqTask");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tasks.path(TaskReference.to(Greetings::nameless)))
        .withMessageContaining("give it a path, @MrqTask(\"…\")");
  }

  // RES-02
  @Test
  void paramsAreWhatJacksonWrites() {
    assertThat(tasks.params(new Welcome("a@b.c", 2, DATE)))
        .isEqualTo(Map.of("address", "a@b.c", "copies", 2, "date", DATE.toString()));
    assertThat(tasks.params(null)).isEmpty();
  }

  @Test
  void aMapOfPlainValuesStaysAsItIsAndAnotherIsWritten() {
    assertThat(tasks.params(Map.of("date", DATE))).isEqualTo(Map.of("date", DATE));
    assertThat(tasks.params(Map.of("receipt", new Receipt(2, null))))
        .isEqualTo(Map.of("receipt", mapOf("sent", 2, "net", null)));
  }

  @Test
  void paramsThatAreNoObjectAreRefusedWithoutTheirValue() {
    assertThatThrownBy(() -> tasks.params("secret"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("'params' must be a map, a record")
        .hasMessageContaining("java.lang.String")
        .hasMessageNotContaining("secret");
  }

  // RES-01
  @Test
  void resultsHaveTheTypeThatTheCodeDeclares() {
    Map<String, Object> receipt = Map.of("sent", 2, "net", "9.90");
    Receipt typed = new Receipt(2, new BigDecimal("9.90"));

    assertThat(tasks.result(TaskReference.to(Mails::welcome), receipt)).isEqualTo(typed);
    assertThat(tasks.result(TaskReference.to(Shout.class), receipt)).isEqualTo(typed);
    assertThat(tasks.result(TaskReference.to(Mails::many), List.of(receipt)))
        .isEqualTo(List.of(typed));
    assertThat(tasks.result(TaskReference.to(Mails::count), 7)).isEqualTo(7L);
    assertThat(tasks.result(TaskReference.to(Mails::when), DATE)).isEqualTo(DATE);
    assertThat(tasks.result(TaskReference.to(Mails::inherited), receipt)).isEqualTo(typed);
    assertThat(tasks.result(TaskReference.to(Mails::welcome), null)).isNull();
    assertThat(tasks.result(TaskReference.to(Mails::nothing), "unexpected")).isNull();
  }

  @Test
  void resultsOfAnyPlainValuesKeepTheirDates() {
    assertThat(tasks.result(TaskReference.to(Mails::plain), Map.of("date", DATE)))
        .isEqualTo(Map.of("date", DATE));
    assertThat(tasks.result(TaskReference.to(Mails::any), DATE)).isEqualTo(DATE);
  }

  @Test
  void whatATaskReturnsLaterIsThereAlready() throws Exception {
    Map<String, Object> receipt = Map.of("sent", 2, "net", "9.90");
    Receipt typed = new Receipt(2, new BigDecimal("9.90"));

    assertThat(result(TaskReference.to(Mails::future), receipt).get()).isEqualTo(typed);
    assertThat(result(TaskReference.to(Mails::oldFuture), receipt).get()).isEqualTo(typed);
    assertThat(result(TaskReference.to(Mails::mono), receipt).block()).isEqualTo(typed);
    assertThat(result(TaskReference.to(Mails::mono), null).blockOptional()).isEmpty();
    assertThat(result(TaskReference.to(Mails::flux), List.of(receipt)).collectList().block())
        .isEqualTo(List.of(typed));
  }

  @Test
  void aResultOfAnotherFormIsRefusedByItsPlaceAndWithoutItsValue() {
    TaskReference<Welcome, Receipt> welcome = TaskReference.to(Mails::welcome);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tasks.result(welcome, Map.of("sent", "secret")))
        .withMessage("'result.sent' does not fit Receipt");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tasks.result(welcome, "secret"))
        .withMessage("'result' does not fit Receipt");
  }

  @SuppressWarnings("unchecked")
  private <R> R result(TaskReference<?, R> task, @Nullable Object stored) {
    return (R) Objects.requireNonNull(tasks.result(task, stored));
  }

  private static Map<String, @Nullable Object> mapOf(
      String key, Object value, String other, @Nullable Object otherValue) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(other, otherValue);
    return map;
  }

  record Welcome(String address, int copies, Instant date) {}

  record Receipt(int sent, @Nullable BigDecimal net) {}

  abstract static class Inherited<T> {
    @MrqTask("inherited")
    @Nullable T inherited(Welcome params) {
      return null;
    }
  }

  static class Mails extends Inherited<Receipt> {
    @MrqTask("mails.welcome")
    Receipt welcome(Welcome params) {
      return new Receipt(params.copies(), null);
    }

    @MrqTask("mails.${name}")
    void placed(Welcome params) {}

    @MrqTask
    void nameless(Welcome params) {}

    void noTask(Welcome params) {}

    @MrqTask("many")
    List<Receipt> many(Welcome params) {
      return List.of();
    }

    @MrqTask("count")
    long count() {
      return 0;
    }

    @MrqTask("when")
    Instant when() {
      return DATE;
    }

    @MrqTask("nothing")
    void nothing() {}

    @MrqTask("plain")
    Map<String, Object> plain() {
      return Map.of();
    }

    @MrqTask("any")
    Object any() {
      return "";
    }

    @MrqTask("future")
    CompletableFuture<Receipt> future() {
      return new CompletableFuture<>();
    }

    @MrqTask("oldFuture")
    Future<Receipt> oldFuture() {
      return new CompletableFuture<>();
    }

    @MrqTask("mono")
    Mono<Receipt> mono() {
      return Mono.empty();
    }

    @MrqTask("flux")
    Flux<Receipt> flux() {
      return Flux.empty();
    }
  }

  interface Greetings {
    @MrqTask("greetings.greet")
    Receipt greet(Welcome params);

    @MrqTask
    Receipt nameless(Welcome params);
  }

  static class Greeter implements Greetings {
    @Override
    public Receipt greet(Welcome params) {
      return new Receipt(1, null);
    }

    @Override
    public Receipt nameless(Welcome params) {
      return new Receipt(1, null);
    }
  }

  static class Shout extends Task<Welcome, Receipt> {
    @Override
    public Receipt run(Welcome params) {
      return new Receipt(1, null);
    }
  }

  @MrqTask("named")
  static class Named extends Shout {}
}
