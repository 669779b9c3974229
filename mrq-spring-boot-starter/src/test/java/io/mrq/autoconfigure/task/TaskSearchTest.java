package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Tasks are found by what beans are declared as, and no bean is made for the search. */
@ExtendWith(OutputCaptureExtension.class)
class TaskSearchTest extends TaskSearching {
  @Test
  void aBeanDeclaredByItsInterfaceThatNeedsTheRegistryIsSearchedByItsClass() {
    registry(
        tasks -> assertThat(run(tasks, "by.interface")).isEqualTo("sent"),
        DeclaredByInterface.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {LazyByInterface.class, PrototypeByInterface.class, ScopedByInterface.class})
  void aBeanOfWhichAnInterfaceWithoutTasksIsDeclaredIsNotMadeForTheSearch(
      Class<?> application, CapturedOutput output) {
    registry(tasks -> assertThat(tasks.paths()).isEmpty(), application);
    assertThat(output).doesNotContain("searched for tasks");
  }

  @Test
  void aLazyBeanDeclaredByAnInterfaceWithTasksIsSearchedByItsClass() {
    registry(
        tasks -> {
          assertThat(run(tasks, "of.interface")).isEqualTo("job");
          assertThat(run(tasks, "of.class")).isEqualTo("more");
        },
        LazyByJobInterface.class);
  }

  @Test
  void aLazyBeanDeclaredAsATaskIsFoundByItsClass() {
    registry(
        tasks -> assertThat(run(tasks, ScopedTask.class.getName())).isEqualTo("t"), LazyTask.class);
  }

  @Test
  void aLazyBeanDeclaredByItsClassIsFoundAndNotMade() {
    registry(
        tasks -> {
          assertThat(Made.count).isZero();
          assertThat(run(tasks, "made")).isEqualTo(1);
        },
        LazyByClass.class);
  }

  @Test
  void whoAsksWhileBeansAreMadeIsAnsweredFromTheirDeclarations() {
    registry(
        tasks -> assertThat(tasks.paths()).contains("early", "by.interface"),
        AskingWhileMade.class,
        DeclaredByInterface.class);
  }

  @Test
  void aDefinitionThatIsABeanIsATask() {
    registry(tasks -> assertThat(run(tasks, "by.hand")).isEqualTo("h"), ByHand.class);
  }

  @Test
  void theTypeArgumentsOfABeansDeclarationAreUsed() {
    registry(
        tasks -> {
          try {
            assertThat(
                    tasks
                        .find("generic")
                        .orElseThrow()
                        .body()
                        .run(new HashMap<>(Map.of("address", "x"))))
                .isEqualTo("Letter");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        DeclaredGeneric.class);
  }

  @Test
  void aBeanWhoseClassCannotBeReadIsLeftOutWithAWarning(CapturedOutput output) {
    runner
        .withUserConfiguration(ByHand.class)
        .withInitializer(context -> {
          RootBeanDefinition unreadable = new RootBeanDefinition(needingAMissingClass());
          unreadable.setLazyInit(true);
          ((BeanDefinitionRegistry) context).registerBeanDefinition("gone", unreadable);
        })
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(TaskRegistry.class).paths()).contains("by.hand");
          assertThat(output).contains("The bean 'gone' was not searched for tasks");
        });
  }

  /** A class with a method that takes a class which is not on the class path. */
  private static Class<?> needingAMissingClass() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V21,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT,
        "example/Needy",
        null,
        "java/lang/Object",
        null);
    writer
        .visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "take", "(Lexample/Gone;)V", null, null)
        .visitEnd();
    byte[] bytes = writer.toByteArray();
    return new ClassLoader(TaskSearchTest.class.getClassLoader()) {
      Class<?> define() {
        return defineClass("example.Needy", bytes, 0, bytes.length);
      }
    }.define();
  }

  // Applications

  @Configuration(proxyBeanMethods = false)
  static class DeclaredByInterface {
    @Bean
    Service service(TaskRegistry needed) {
      return new ServiceBean();
    }
  }

  private static Service notToBeMade() {
    throw new IllegalStateException("made for a search");
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyByInterface {
    @Bean
    @Lazy
    Service service() {
      return notToBeMade();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PrototypeByInterface {
    @Bean
    @Scope("prototype")
    Service service() {
      return notToBeMade();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ScopedByInterface {
    @Bean
    @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
    Service service() {
      return notToBeMade();
    }
  }

  interface JobService {
    @MrqTask("of.interface")
    String job();
  }

  static class JobServiceBean implements JobService {
    @Override
    public String job() {
      return "job";
    }

    @MrqTask("of.class")
    public String more() {
      return "more";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyByJobInterface {
    @Bean
    @Lazy
    JobService jobs() {
      return new JobServiceBean();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyTask {
    @Bean
    @Lazy
    Task<Map<String, Object>, String> task() {
      return new ScopedTask();
    }
  }

  static class Made {
    static int count;

    Made() {
      count++;
    }

    @MrqTask("made")
    public int run() {
      return count;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyByClass {
    @Bean
    @Lazy
    Made made() {
      return new Made();
    }
  }

  static class Early {
    @MrqTask("early")
    public void run() {}
  }

  @Configuration(proxyBeanMethods = false)
  static class AskingWhileMade {
    @Bean
    String asking(TaskRegistry tasks) {
      return tasks.catalog().settings("early").queue();
    }

    @Bean
    Early early() {
      return new Early();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ByHand {
    @Bean
    TaskDefinition byHand() {
      return new TaskDefinition("by.hand", TaskSettings.DEFAULT, _ -> "h");
    }
  }

  record Letter(String address) {}

  @MrqTask("generic")
  static class Generic<P extends Object> extends Task<P, String> {
    @Override
    public String run(P params) {
      return params.getClass().getSimpleName();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class DeclaredGeneric {
    @Bean
    Generic<Letter> letters() {
      return new Generic<>();
    }
  }
}
