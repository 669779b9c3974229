package io.mrq.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a Spring test what {@link MrqTest} has, and leaves the rest of its context as it is: the
 * bean {@link MrqTester}, stores for the test alone, a clock that the test moves, and neither a
 * worker nor a scheduler in the background. For {@code @SpringBootTest}:
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureMockMvc
 * @AutoConfigureMrq
 * class OrdersTest { … }
 * }</pre>
 *
 * <p>Each test method begins with empty stores of MRQ. What the application itself keeps in a
 * database is not touched.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(MrqTestAutoConfiguration.class)
public @interface AutoConfigureMrq {
  /** Where the jobs are kept. Default: in memory. */
  TestStores stores() default TestStores.MEMORY;

  /** The time at which each test method begins, as an ISO 8601 date with zone. */
  String startsAt() default TestClock.START;
}
