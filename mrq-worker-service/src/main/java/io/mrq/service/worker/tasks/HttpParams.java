package io.mrq.service.worker.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The params of {@code mrq.tasks.Http}.
 *
 * @param method any but {@code CONNECT} and {@code TRACE}, default {@code GET}
 * @param url absolute, http or https; required
 * @param headers headers to send; headers of the connection itself are refused
 * @param body a text is sent unchanged, by default as {@code text/plain}; any other value is sent
 *     as JSON; null: no body
 * @param expect the statuses that count as success: {@code 204}, {@code "2xx"}, or a list of these;
 *     default {@code 2xx}
 * @param timeout for the whole exchange, redirects and body included, such as {@code 30s}, which is
 *     the default; at most 24 hours
 * @param others unknown params, of which none are allowed: a misspelled param must not be ignored
 */
record HttpParams(
    @Nullable
        @Pattern(
            regexp = "(?!(?i:CONNECT|TRACE)$)[A-Za-z][A-Za-z-]{0,30}",
            message = "must be an HTTP method other than CONNECT and TRACE")
        String method,
    @NotBlank(message = "is required") @Size(max = 8192) String url,
    @Nullable Map<String, @Nullable String> headers,
    @Nullable Object body,
    @Nullable Object expect,
    @Nullable String timeout,
    @JsonAnySetter @Nullable Map<String, @Nullable Object> others) {}
