/** Jobs over HTTP: enqueue, look, cancel, requeue. */
@NullMarked
package io.mrq.api.job;

import org.jspecify.annotations.NullMarked;
