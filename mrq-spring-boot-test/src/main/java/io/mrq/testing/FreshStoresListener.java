package io.mrq.testing;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Calls {@link FreshStores} before each method of a test with {@link AutoConfigureMrq}. */
final class FreshStoresListener extends AbstractTestExecutionListener {
  @Override
  public void beforeTestMethod(TestContext test) {
    if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AutoConfigureMrq.class)) {
      test.getApplicationContext().getBean(FreshStores.class).prepare();
    }
  }
}
