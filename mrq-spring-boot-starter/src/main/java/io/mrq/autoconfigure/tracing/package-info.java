/** Traces that go with jobs, by Micrometer Tracing. */
@NullMarked
package io.mrq.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
