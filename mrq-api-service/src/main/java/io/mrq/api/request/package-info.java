/**
 * Reads what callers send: bodies within their limit, JSON without guesses, query parameters that
 * are all known.
 */
@NullMarked
package io.mrq.api.request;

import org.jspecify.annotations.NullMarked;
