package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** Spring pauses a cached context while another one is tested, and restarts it for later tests. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class CachedContextsTest {
  private static final String DATA = "mrq.embedded.data-dir=target/cached/${random.uuid}";

  private static @Nullable ApplicationContext first;

  private static void assertThatAJobRuns(ApplicationContext application) {
    Guest.awaitStatus(application, Guest.enqueue(application, "echo"), JobStatus.SUCCESS);
  }

  @Nested
  @Order(1)
  @SpringBootTest(
      classes = LifeCycleTest.Application.class,
      properties = {DATA, "of=one"})
  class One {
    @Test
    void runsAJob(@Autowired ApplicationContext application) {
      first = application;
      assertThatAJobRuns(application);
    }
  }

  @Nested
  @Order(2)
  @SpringBootTest(
      classes = LifeCycleTest.Application.class,
      properties = {DATA, "of=another"})
  class Another {
    @Test
    void runsAJob(@Autowired ApplicationContext application) {
      assertThat(application).isNotSameAs(first);
      assertThatAJobRuns(application);
    }
  }

  @Nested
  @Order(3)
  @SpringBootTest(
      classes = LifeCycleTest.Application.class,
      properties = {DATA, "of=one"})
  class TheFirstAgain {
    @Test
    void runsAJob(@Autowired ApplicationContext application) {
      assertThat(application).isSameAs(first);
      assertThatAJobRuns(application);
    }
  }
}
