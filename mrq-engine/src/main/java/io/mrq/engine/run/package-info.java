/**
 * Runs claimed jobs, each on a thread of its own: time limits, progress, tracing, and the running
 * set that the other steps look at. Decided outcomes leave through {@link
 * io.mrq.engine.run.OutcomeSink}.
 *
 * <p>Public types are for the other packages of the engine; only {@link
 * io.mrq.engine.run.RunTracing} is for others to implement.
 */
@NullMarked
package io.mrq.engine.run;

import org.jspecify.annotations.NullMarked;
