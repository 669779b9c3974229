package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.key.IdempotencyKey;
import io.mrq.key.JobKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What is noted in the background of idempotency keys outlives the process. */
class KeyNotesAtTheEndTest {
  @TempDir Path data;

  /** Holds the note back until the client ends, and a moment more for MongoDB's to end as well. */
  private static final class LateNotes implements DestructionAwareBeanPostProcessor {
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final CountDownLatch clientEnds = new CountDownLatch(1);
    private final CountDownLatch mongoEnds = new CountDownLatch(1);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof JobKeys keys ? late(keys) : bean;
    }

    private Object late(JobKeys keys) {
      return Proxy.newProxyInstance(
          JobKeys.class.getClassLoader(),
          new Class<?>[] {JobKeys.class},
          (_, method, arguments) -> {
            boolean note = method.getName().equals("stored");
            if (note) {
              clientEnds.await();
              assertThat(mongoEnds.await(200, TimeUnit.MILLISECONDS)).isFalse();
            }
            try {
              Object answer = method.invoke(keys, arguments);
              if (note) {
                order.add("the key is noted");
              }
              return answer;
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
      if (bean instanceof JobClient) {
        clientEnds.countDown();
      } else if (bean instanceof MongoClient) {
        order.add("MongoDB's client ends");
        mongoEnds.countDown();
      }
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    static LateNotes lateNotes() {
      return new LateNotes();
    }
  }

  @Test
  void keysAreNotedBeforeTheClientOfMongoDbIsClosed() {
    LateNotes notes;
    try (var application = Guest.start(data, Application.class)) {
      notes = application.getBean(LateNotes.class);
      application
          .getBean(JobClient.class)
          .enqueueOnce(JobRequest.of("echo"), new IdempotencyKey("scope", "key", "body"));
    }
    assertThat(notes.order).containsExactly("the key is noted", "MongoDB's client ends");
  }
}
