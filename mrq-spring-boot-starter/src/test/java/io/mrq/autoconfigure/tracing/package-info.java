/** Tests of what decides whether spans are made. */
@NullMarked
package io.mrq.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
