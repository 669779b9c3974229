package io.mrq.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes one sentence, and what to do, out of an embedded store that cannot start. */
final class EmbeddedStoreFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedStoreException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedStoreException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
  }
}
