package io.mrq.api.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class InsecureBindFailureAnalyzer extends AbstractFailureAnalyzer<InsecureBindException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InsecureBindException cause) {
    return new FailureAnalysis(
        cause.getMessage() + ".",
        "Configure users with mrq.api.users[0].name, .password and .role (or services with mrq.api.keys); or remove the address, which is 127.0.0.1 by default; or set mrq.api.allow-insecure=true if a proxy in front of the API decides who may reach it.",
        cause);
  }
}
