/**
 * A worker: puts together the steps of a job's path, starts their loops, drains and stops them.
 *
 * <p>The steps are {@code claim}, {@code run}, {@code complete} and {@code recovery}; beside them
 * lie {@code lease}, {@code log} and {@code event}.
 */
@NullMarked
package io.mrq.engine.worker;

import org.jspecify.annotations.NullMarked;
