/**
 * Internal, not for applications: the ports of the hot path, which insert, claim, complete, cancel
 * and requeue jobs. Each method is one conditional write. Applications meet only the exceptions.
 */
@NullMarked
package io.mrq.store;

import org.jspecify.annotations.NullMarked;
