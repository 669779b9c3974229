/** The ports that store jobs on their path: enqueue, claim, complete, cancel and requeue. */
@NullMarked
package io.mrq.store;

import org.jspecify.annotations.NullMarked;
