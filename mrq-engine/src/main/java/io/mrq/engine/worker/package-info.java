/**
 * A worker: puts together the steps of a job's path, starts their loops, drains and stops them.
 *
 * <p>The steps are in the packages {@code claim}, {@code run}, {@code complete} and {@code
 * recovery}. All of them use {@code heartbeat}, {@code home}, {@code log} and {@code event}.
 */
@NullMarked
package io.mrq.engine.worker;

import org.jspecify.annotations.NullMarked;
