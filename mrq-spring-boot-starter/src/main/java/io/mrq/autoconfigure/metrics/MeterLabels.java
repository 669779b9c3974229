package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Labels from closed sets: the first 200 names of queues, of tasks and of schedules; every further
 * name becomes {@code _other}. So nobody can flood the metrics by making names up. A meter tells
 * how many names became {@code _other}.
 */
final class MeterLabels {
  static final String OTHER = "_other";

  private static final int MAX_NAMES = 200;
  private static final int MAX_FOLDED = 10_000;

  private final Names queues;
  private final Names tasks;
  private final Names schedules;

  MeterLabels(MeterRegistry registry) {
    queues = new Names(registry, "queue");
    tasks = new Names(registry, "task");
    schedules = new Names(registry, "schedule");
  }

  String queueLabel(String name) {
    return queues.label(name);
  }

  String taskLabel(String path) {
    return tasks.label(path);
  }

  String scheduleLabel(String name) {
    return schedules.label(name);
  }

  Tag queue(String name) {
    return Tag.of("queue", queues.label(name));
  }

  Tags of(String queue, String path) {
    return Tags.of(queue(queue), Tag.of("task", tasks.label(path)));
  }

  private static final class Names {
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private final Set<String> folded = ConcurrentHashMap.newKeySet();

    Names(MeterRegistry registry, String label) {
      Gauge.builder("mrq.label.folded", folded, Set::size)
          .description("Names that are shown as _other, since there are too many")
          .tag("label", label)
          .register(registry);
    }

    String label(String name) {
      if (name.equals(OTHER)
          || shown.contains(name)
          || (shown.size() < MAX_NAMES && shown.add(name))) {
        return name;
      }
      if (folded.size() < MAX_FOLDED) {
        folded.add(name);
      }
      return OTHER;
    }
  }
}
