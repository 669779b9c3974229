package io.mrq.api.job;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code mrq.api.*} of enqueueing.
 *
 * @param validateParams Whether a job is refused whose params do not fit the schema that the
 *     workers of its task have published. A task of which no schema is known takes any params.
 */
@ConfigurationProperties("mrq.api")
record EnqueueProperties(@DefaultValue("true") boolean validateParams) {}
