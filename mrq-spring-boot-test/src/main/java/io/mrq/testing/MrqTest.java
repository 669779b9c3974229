package io.mrq.testing;

import io.mrq.autoconfigure.MrqClientAutoConfiguration;
import io.mrq.autoconfigure.MrqStoresAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of tasks. Of your application, its context has only what tasks are made of; the rest is
 * MRQ with stores of its own, Jackson and Bean Validation:
 *
 * <pre>{@code
 * @MrqTest
 * class MailsTest {
 *   @Autowired JobClient client;
 *   @Autowired MrqTester mrq;
 *
 *   @Test
 *   void aWelcomeIsSent() {
 *     client.enqueue(JobRequest.of("mails.welcome").param("address", "ann@example.org"));
 *     assertThat(mrq.runUntilIdle()).singleElement().satisfies(job -> assertThat(job).succeeded());
 *   }
 * }
 * }</pre>
 *
 * <p>Component scanning finds the classes that have or inherit a method with {@link
 * io.mrq.task.MrqTask} or extend {@link io.mrq.task.Task}, and those that implement {@link
 * io.mrq.task.TaskInterceptor}, {@link io.mrq.engine.event.WorkerEvents} or {@link
 * io.mrq.client.EnqueueEvents}. What the tasks need beside these you add with {@code @Import} or
 * replace with {@code @MockitoBean}.
 *
 * <p>No worker and no scheduler runs in the background: a job runs when {@link MrqTester} is told
 * so. Each test method begins with empty stores, the schedules that the application declares, and
 * the clock at {@link #startsAt()}. Test methods that share a context must not run at the same
 * time.
 *
 * <p>To test tasks with the whole application, or together with another slice such as
 * {@code @WebMvcTest}, use {@link AutoConfigureMrq} instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(MrqTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(MrqTypeExcludeFilter.class)
@AutoConfigureMrq
@ImportAutoConfiguration({
  JacksonAutoConfiguration.class,
  ValidationAutoConfiguration.class,
  MrqStoresAutoConfiguration.class,
  MrqClientAutoConfiguration.class
})
public @interface MrqTest {
  /** The same as {@link #tasks()}. */
  @AliasFor("tasks")
  Class<?>[] value() default {};

  /** The classes whose tasks are tested. Default: all that component scanning finds. */
  @AliasFor("value")
  Class<?>[] tasks() default {};

  /** Where the jobs are kept. Default: in memory. */
  @AliasFor(annotation = AutoConfigureMrq.class)
  TestStores stores() default TestStores.MEMORY;

  /** The time at which each test method begins, as an ISO 8601 date with zone. */
  @AliasFor(annotation = AutoConfigureMrq.class)
  String startsAt() default TestClock.START;

  /** Properties of the context, as {@code name=value}. */
  String[] properties() default {};

  /** Whether component scanning finds tasks by itself. Default: true. */
  boolean useDefaultFilters() default true;

  /** What component scanning finds in addition. */
  Filter[] includeFilters() default {};

  /** What component scanning leaves out. */
  Filter[] excludeFilters() default {};
}
