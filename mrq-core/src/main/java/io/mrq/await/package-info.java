/**
 * Waiting for jobs to end: all callers of a process share few reads, see {@link
 * io.mrq.await.JobWaits}.
 */
@NullMarked
package io.mrq.await;

import org.jspecify.annotations.NullMarked;
