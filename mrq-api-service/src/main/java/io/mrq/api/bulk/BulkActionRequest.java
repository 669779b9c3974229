package io.mrq.api.bulk;

import io.mrq.api.request.JsonFields;
import io.mrq.api.request.QueryParams;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkFilterFields;
import io.mrq.job.InvalidJobException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a bulk action.
 *
 * @param queue where a requeue puts the jobs; null: each back into its own queue
 */
record BulkActionRequest(BulkAction.Kind kind, BulkFilter filter, @Nullable String queue) {

  static BulkActionRequest of(HttpServletRequest request) throws IOException {
    JsonFields body = JsonFields.of(request, "kind", "filter", "queue");
    String kind = body.required("kind");
    return new BulkActionRequest(
        BulkAction.Kind.ofText(kind)
            .orElseThrow(() ->
                body.refused("kind", "must be requeue or cancel, but is '%s'".formatted(kind))),
        filter(body),
        body.text("queue").orElse(null));
  }

  private static BulkFilter filter(JsonFields body) {
    try {
      return BulkFilterFields.read(body.object("filter"));
    } catch (InvalidJobException e) {
      throw body.refused("filter." + e.field(), e.complaint());
    }
  }

  /** Runs work on this request; an invalid field is refused under its name in the body. */
  <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidJobException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    }
  }
}
