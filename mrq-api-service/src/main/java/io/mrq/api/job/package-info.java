/** Jobs over HTTP: enqueue, read, cancel, requeue. */
@NullMarked
package io.mrq.api.job;

import org.jspecify.annotations.NullMarked;
