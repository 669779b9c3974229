/**
 * Internal, not for applications: the port to the dispatch index, which holds the ids that are
 * ready in each queue and the workers that wait for them, and what offers jobs to it.
 */
@NullMarked
package io.mrq.dispatch;

import org.jspecify.annotations.NullMarked;
