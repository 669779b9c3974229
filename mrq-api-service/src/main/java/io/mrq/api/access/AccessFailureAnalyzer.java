package io.mrq.api.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a start that failed because users or keys are configured wrongly. It comes before Boot's
 * own analyzer, which prints the value of a property that it cannot bind: here a password.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AccessFailureAnalyzer implements FailureAnalyzer {
  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String complaint = complaint(cause);
      if (complaint != null) {
        return new FailureAnalysis(
            complaint + ".",
            "Configure each user as mrq.api.users[0].name, .password and .role, and each key as mrq.api.keys[0].name, .key and .role; the roles are viewer, operator and admin.",
            cause);
      }
    }
    return null;
  }

  private static @Nullable String complaint(Throwable cause) {
    return switch (cause) {
      case AccessMisconfiguredException wrong -> wrong.getMessage();
      case BindException bad when isSecret(bad.getName().toString()) ->
          bad.getName() + " cannot be read";
      default -> null;
    };
  }

  private static boolean isSecret(String property) {
    return property.startsWith("mrq.api.users") || property.startsWith("mrq.api.keys");
  }
}
