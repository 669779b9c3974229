/** Reads requests strictly: bodies up to a limit, unambiguous JSON, known query parameters only. */
@NullMarked
package io.mrq.api.request;

import org.jspecify.annotations.NullMarked;
