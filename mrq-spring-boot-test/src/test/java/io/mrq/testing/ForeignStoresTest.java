package io.mrq.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

/** A test never clears stores that are not its own. */
class ForeignStoresTest {
  @MrqTest(
      stores = TestStores.EMBEDDED,
      properties = "spring.mongodb.uri=mongodb://127.0.0.1:1/production")
  @ContextConfiguration(classes = SampleTasks.Application.class)
  static class OnStoresOfSomebodyElse {}

  @Test
  void anAddressOfOtherStoresEndsTheStart() {
    TestContextManager test = new TestContextManager(OnStoresOfSomebodyElse.class);

    assertThatThrownBy(() -> test.getTestContext().getApplicationContext())
        .rootCause()
        .hasMessageContaining("which the test would clear");
  }
}
