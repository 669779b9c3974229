package io.mrq.api.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with a sentence instead of a stack trace. */
class InsecureBindFailureAnalyzer extends AbstractFailureAnalyzer<InsecureBindException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InsecureBindException cause) {
    return new FailureAnalysis(
        cause.getMessage() + ".",
        "Configure who may come in with mrq.api.users[0].name, .password and .role (or mrq.api.keys), or leave the address out (it is 127.0.0.1), or set mrq.api.allow-insecure=true if something in front of the API decides who may reach it.",
        cause);
  }
}
