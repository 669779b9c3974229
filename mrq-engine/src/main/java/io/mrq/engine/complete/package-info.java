/**
 * Stores the outcomes of runs, many in one write, and finds out what became of a write whose reply
 * was lost. The last step of a job's path through a worker.
 *
 * <p>Public types are for the other packages of the engine; they are not API.
 */
@NullMarked
package io.mrq.engine.complete;

import org.jspecify.annotations.NullMarked;
