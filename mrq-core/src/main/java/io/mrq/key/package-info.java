/**
 * Idempotency keys, which make a repeated enqueue answer with the first job. Applications make an
 * {@link IdempotencyKey}; {@link JobKeys} is the port that stores them.
 */
@NullMarked
package io.mrq.key;

import org.jspecify.annotations.NullMarked;
