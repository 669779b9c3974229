package io.mrq.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.worker.Worker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.test.context.ContextConfiguration;

@MrqTest
@ContextConfiguration(classes = SampleTasks.Application.class)
class MemoryStoresTest extends MrqTesterTests {
  @Autowired ApplicationContext context;

  @Test
  void nothingRunsInTheBackgroundAndNoDatabaseIsThere() {
    assertThat(context.getBeansOfType(Worker.class)).isEmpty();
    assertThat(context.getBeansOfType(Maintenance.class)).isEmpty();
    assertThat(context.getBeansOfType(MongoClient.class)).isEmpty();
    assertThat(context.getBeansOfType(RedisConnectionFactory.class)).isEmpty();
  }
}
