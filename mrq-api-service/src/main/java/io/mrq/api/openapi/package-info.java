/** The description of the API for programs. */
@NullMarked
package io.mrq.api.openapi;

import org.jspecify.annotations.NullMarked;
