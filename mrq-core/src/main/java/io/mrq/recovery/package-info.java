/**
 * Internal, not for applications: the port through which the jobs of lost workers, interrupted jobs
 * and due jobs go back into their queues.
 */
@NullMarked
package io.mrq.recovery;

import org.jspecify.annotations.NullMarked;
