/** Errors of the driver in the exceptions of the ports. */
@NullMarked
package io.mrq.mongo.error;

import org.jspecify.annotations.NullMarked;
