package io.mrq.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code mrq.api.*}.
 *
 * @param allowInsecure whether the API, which has no access control yet, may listen on other than
 *     loopback addresses and answer under any name; default false
 */
@ConfigurationProperties("mrq.api")
public record ApiProperties(@DefaultValue("false") boolean allowInsecure) {}
