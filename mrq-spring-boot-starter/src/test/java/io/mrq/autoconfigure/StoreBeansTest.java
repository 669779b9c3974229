package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.mongo.MongoStores;
import io.mrq.port.StorePorts;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** The ports of the store as beans. */
class StoreBeansTest {
  @Test
  void everyPortIsABeanOfItsOwn() {
    AwayStores.application()
        .run(context -> {
          MongoStores stores = context.getBean(MongoStores.class);
          for (Method port : StorePorts.class.getMethods()) {
            assertThat(context.getBean(port.getReturnType())).isSameAs(port.invoke(stores));
          }
        });
  }
}
