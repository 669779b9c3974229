package io.mrq.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Customizes the contexts of tests with {@link AutoConfigureMrq}, and no others. */
final class MrqContextCustomizerFactory implements ContextCustomizerFactory {
  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    AutoConfigureMrq chosen =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureMrq.class);
    return chosen == null ? null : new MrqContextCustomizer(chosen.stores(), chosen.startsAt());
  }
}
