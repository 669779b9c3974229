/**
 * The ports to the truth: jobs, workers, idempotency keys, pauses and statistics. Each verb is one
 * conditional write.
 */
@NullMarked
package io.mrq.store;

import org.jspecify.annotations.NullMarked;
