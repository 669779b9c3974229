package io.mrq.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** A whole application keeps what it has, such as its database. */
@SpringBootTest(classes = SampleTasks.Application.class)
@AutoConfigureMrq
class WholeApplicationTest extends MrqTesterTests {
  @Autowired ApplicationContext context;

  @Test
  void theApplicationKeepsItsDatabase() {
    assertThat(context.getBeansOfType(MongoClient.class)).hasSize(1);
  }
}
