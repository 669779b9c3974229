package io.mrq.service.worker.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job of {@code mrq.tasks.Http} leaves as its result.
 *
 * @param status of the last answer
 * @param headers names in lower case; several of one name are joined by {@code ", "}; a character
 *     that a document's key cannot hold ({@code .}, a leading {@code $}) becomes {@code _}
 * @param body a text, JSON too; empty when there is none
 * @param encoding {@code base64} when the body is not a text and was encoded so; else absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HttpResult(
    int status, Map<String, String> headers, String body, @Nullable String encoding) {}
