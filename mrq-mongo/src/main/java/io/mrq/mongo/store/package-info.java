/**
 * Enqueue, claim, completion, cancel and requeue of jobs on MongoDB, the ports of {@code
 * io.mrq.store}.
 */
@NullMarked
package io.mrq.mongo.store;

import org.jspecify.annotations.NullMarked;
