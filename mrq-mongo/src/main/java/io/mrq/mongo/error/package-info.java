/** Turns errors of the driver into those of the ports. */
@NullMarked
package io.mrq.mongo.error;

import org.jspecify.annotations.NullMarked;
