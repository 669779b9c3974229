package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import io.mrq.task.TaskRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Placeholders in a declaration are resolved, and a wrong one is told of by its names. */
class TaskDeclarationTest extends TaskSearching {
  @Test
  void theAnnotationOnAClassThatIsNoTaskIsAnError() {
    assertThat(startFailure(PlainClass.class))
        .contains("@MrqTask on the class", Plain.class.getName(), "'plain'");
  }

  @Test
  void aWrongDurationIsToldOfWithItsBeanTaskAndAttribute() {
    assertThat(startFailure(BadTimeout.class))
        .contains("'bad.timeout'", "'bad'", "timeout must be a duration such as 30s", "'abc'");
  }

  @Test
  void anotherWrongSettingIsToldOfWithItsTask() {
    assertThat(startFailure(BadQueue.class)).contains("'bad.queue'", "'badQueue'", "queue");
  }

  @Test
  void twoTasksOfOnePathAreToldOfWithBothBeans() {
    assertThat(startFailure(Twice.class)).contains("'twice'", "'one'", "'two'");
  }

  @Test
  void placeholdersAreResolvedInThePathAndTheSettings() {
    runner
        .withUserConfiguration(Placeholders.class)
        .withPropertyValues("team=mail", "limit=7s", "where=slow")
        .run(context -> {
          TaskRegistry tasks = context.getBean(TaskRegistry.class);
          assertThat(tasks.catalog().settings("mail.send").timeout())
              .isEqualTo(Duration.ofSeconds(7));
          assertThat(tasks.catalog().settings("mail.send").queue()).isEqualTo("slow");
        });
  }

  @Test
  void aPlaceholderThatNothingResolvesIsToldOfWithItsBean() {
    assertThat(startFailure(Placeholders.class)).contains("team", "'placeholders'");
  }

  // Applications

  @MrqTask("plain.class")
  static class Plain {
    public String run() {
      return "x";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PlainClass {
    @Bean
    Plain plain() {
      return new Plain();
    }
  }

  static class Bad {
    @MrqTask(value = "bad.timeout", timeout = "abc")
    void run() {}
  }

  @Configuration(proxyBeanMethods = false)
  static class BadTimeout {
    @Bean
    Bad bad() {
      return new Bad();
    }
  }

  static class WrongQueue {
    @MrqTask(value = "bad.queue", queue = "a b\n")
    void run() {}
  }

  @Configuration(proxyBeanMethods = false)
  static class BadQueue {
    @Bean
    WrongQueue badQueue() {
      return new WrongQueue();
    }
  }

  static class One {
    @MrqTask("twice")
    void run() {}
  }

  @Configuration(proxyBeanMethods = false)
  static class Twice {
    @Bean
    One one() {
      return new One();
    }

    @Bean
    One two() {
      return new One();
    }
  }

  static class WithPlaceholders {
    @MrqTask(value = "${team}.send", timeout = "${limit}", queue = "${where}")
    void run() {}
  }

  @Configuration(proxyBeanMethods = false)
  static class Placeholders {
    @Bean
    WithPlaceholders placeholders() {
      return new WithPlaceholders();
    }
  }
}
