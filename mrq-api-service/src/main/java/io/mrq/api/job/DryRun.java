package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** The header {@code Mrq-Dry-Run}: jobs are checked, and nothing is stored. */
final class DryRun {
  static final String NAME = "Mrq-Dry-Run";

  private DryRun() {}

  /** Whether the caller asks for a dry run. */
  static boolean of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(NAME));
    if (values.isEmpty() || values.equals(List.of("false"))) {
      return false;
    }
    if (values.equals(List.of("true"))) {
      return true;
    }
    throw QueryParams.refused(NAME, "must be given once, as true or false");
  }
}
