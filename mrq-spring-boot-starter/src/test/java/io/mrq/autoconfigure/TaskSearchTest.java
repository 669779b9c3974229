package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import tools.jackson.databind.json.JsonMapper;

/** Tasks are found whatever proxies their beans, and what cannot be a task is told of by name. */
@ExtendWith(OutputCaptureExtension.class)
class TaskSearchTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  JacksonAutoConfiguration.class, ValidationAutoConfiguration.class))
          .withUserConfiguration(Registry.class);

  @Configuration(proxyBeanMethods = false)
  static class Registry {
    @Bean
    TaskSearch search(ConfigurableListableBeanFactory beans, JsonMapper json, Validator validator) {
      return new TaskSearch(beans, new TaskBinding(json, validator));
    }

    @Bean
    TaskRegistry registry(TaskSearch search) {
      return new TaskRegistry(search);
    }
  }

  private void registry(Consumer<TaskRegistry> check, Class<?>... application) {
    runner
        .withUserConfiguration(application)
        .run(context -> {
          assertThat(context).hasNotFailed();
          check.accept(context.getBean(TaskRegistry.class));
        });
  }

  private static @Nullable Object run(TaskRegistry registry, String path) {
    try {
      return registry.find(path).orElseThrow().body().run(Map.of());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String startFailure(Class<?> application) {
    AtomicReference<String> message = new AtomicReference<>("");
    runner
        .withUserConfiguration(application)
        .run(context -> {
          assertThat(context).hasFailed();
          message.set(String.valueOf(context.getStartupFailure()));
        });
    return message.get();
  }

  @Test
  void aBeanBehindAScopedProxyHasItsTasksOnce() {
    registry(tasks -> assertThat(run(tasks, "scoped")).isEqualTo("s"), Scoped.class);
  }

  @Test
  void aTaskClassBehindAScopedProxyIsOneTask() {
    registry(
        tasks -> assertThat(run(tasks, ScopedTask.class.getName())).isEqualTo("t"),
        ScopedTask.class);
  }

  @Test
  void aScopedProxyOfInterfacesIsPassedByForAMethodThatNoneOfThemHas() {
    registry(
        tasks -> assertThat(run(tasks, "scoped.interfaces")).isEqualTo("i"),
        ScopedByInterfaces.class);
  }

  @Test
  void aClassProxyIsLookedThroughAndCalled() {
    registry(tasks -> assertThat(run(tasks, "advised")).isEqualTo("advised!"), ClassProxied.class);
  }

  @Test
  void aJdkProxyIsLookedThroughAndCalledWhereAnInterfaceHasTheMethod() {
    registry(tasks -> assertThat(run(tasks, "by.interface")).isEqualTo("sent!"), JdkProxied.class);
  }

  @Test
  void aMethodThatNoInterfaceOfAJdkProxyHasIsToldOfWithItsBeanAndTask() {
    assertThat(startFailure(JdkProxiedWithoutTheMethod.class))
        .contains("'hidden'", "'service'", "interface");
  }

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
          assertThat(tasks.settings("mail.send").timeout()).isEqualTo(Duration.ofSeconds(7));
          assertThat(tasks.settings("mail.send").queue()).isEqualTo("slow");
        });
  }

  @Test
  void aPlaceholderThatNothingResolvesIsToldOfWithItsBean() {
    assertThat(startFailure(Placeholders.class)).contains("team", "'placeholders'");
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

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class Scoped {
    @MrqTask("scoped")
    public String run() {
      return "s";
    }
  }

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class ScopedTask extends Task<Map<String, Object>, String> {
    @Override
    public String run(Map<String, Object> params) {
      return "t";
    }
  }

  interface Other {
    void other();
  }

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
  static class ScopedByInterfaces implements Other {
    @MrqTask("scoped.interfaces")
    public String run() {
      return "i";
    }

    @Override
    public void other() {}
  }

  interface Service {
    String send();
  }

  static class ServiceBean implements Service {
    @Override
    @MrqTask("by.interface")
    public String send() {
      return "sent";
    }
  }

  static class HiddenServiceBean implements Service {
    @Override
    public String send() {
      return "sent";
    }

    @MrqTask("hidden")
    public String hidden() {
      return "h";
    }
  }

  static class Advised {
    @MrqTask("advised")
    public String run() {
      return "advised";
    }
  }

  private static Object proxy(Object target, boolean ofClass) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setProxyTargetClass(ofClass);
    factory.addAdvice((MethodInterceptor) call -> call.proceed() + "!");
    return factory.getProxy();
  }

  @Configuration(proxyBeanMethods = false)
  static class ClassProxied {
    @Bean
    Advised advised() {
      return (Advised) proxy(new Advised(), true);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class JdkProxied {
    @Bean
    Service service() {
      return (Service) proxy(new ServiceBean(), false);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class JdkProxiedWithoutTheMethod {
    @Bean
    Service service() {
      return (Service) proxy(new HiddenServiceBean(), false);
    }
  }

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
      return tasks.settings("early").queue();
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
