/**
 * Finds jobs and claims them: takes ids out of the dispatch index, or polls the store while the
 * index is away, and starts the jobs that were won. The first step of a job's path through a
 * worker. {@link io.mrq.engine.claim.QueuePoller} reads like its table of contents.
 *
 * <p>Public types are for the other packages of the engine; they are not API.
 */
@NullMarked
package io.mrq.engine.claim;

import org.jspecify.annotations.NullMarked;
