/** Stored values as JSON. */
@NullMarked
package io.mrq.api.json;

import org.jspecify.annotations.NullMarked;
