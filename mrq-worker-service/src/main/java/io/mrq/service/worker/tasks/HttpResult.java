package io.mrq.service.worker.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code mrq.tasks.Http}.
 *
 * @param status the status of the last answer
 * @param headers with names in lower case; values of the same name are joined by {@code ", "}; a
 *     character that is not allowed in the key of a document ({@code .}, a leading {@code $})
 *     becomes {@code _}
 * @param body as text, also when it is JSON; empty when there is none
 * @param encoding {@code base64} when the body is not text and was therefore encoded; otherwise
 *     absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HttpResult(
    int status, Map<String, String> headers, String body, @Nullable String encoding) {}
