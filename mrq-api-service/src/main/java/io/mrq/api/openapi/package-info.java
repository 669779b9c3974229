/** The OpenAPI description of the API. */
@NullMarked
package io.mrq.api.openapi;

import org.jspecify.annotations.NullMarked;
