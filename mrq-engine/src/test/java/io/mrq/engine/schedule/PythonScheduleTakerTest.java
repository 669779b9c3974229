package io.mrq.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonScheduleTakerTest {
  private final ScheduleBench bench = new ScheduleBench();
  private List<ScheduleDefinition> python = List.of();
  private final List<String> commands = new ArrayList<>();
  private final ScheduleStore store = seen();
  private final PythonScheduleTaker taker =
      new PythonScheduleTaker(
          store, new Schedules(store, ScheduleBench.TIMES, bench.client(bench.clock)));

  private static ScheduleDefinition definition(String name, String path) {
    return ScheduleDefinition.builder(name, path, new Every(Duration.ofHours(1))).build();
  }

  private ScheduleStore seen() {
    ScheduleStore kept = bench.store.schedules();
    return (ScheduleStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ScheduleStore.class},
            (_, method, arguments) -> {
              commands.add(method.getName());
              return method.getName().equals("ofPython") ? python : method.invoke(kept, arguments);
            });
  }

  private List<String> names() {
    return bench.schedules.list(null, 10).stream().map(Schedule::name).toList();
  }

  // SCH-05, SCH-06, BUG-47
  @Test
  void oursBecomeLikePythonsAndOthersStay() {
    bench.schedules.define(definition("own", "tests.Own"), Schedules.API);
    python = List.of(definition("python:a", "tests.A"), definition("python:b", "tests.B"));
    taker.pass();
    assertThat(names()).containsExactly("own", "python:a", "python:b");

    python = List.of(definition("python:b", "tests.B"), definition("python:wrong", "no path"));
    taker.pass();
    assertThat(names()).containsExactly("own", "python:b");

    python = List.of();
    taker.pass();
    assertThat(names()).containsExactly("own", "python:b");
  }

  @Test
  void aPassThatFindsNothingChangedReadsOnlyTheTwoLists() {
    python = List.of(definition("python:a", "tests.A"), definition("python:b", "tests.B"));
    taker.pass();
    commands.clear();

    taker.pass();
    assertThat(commands).containsExactly("ofPython", "ownedBy");
  }
}
