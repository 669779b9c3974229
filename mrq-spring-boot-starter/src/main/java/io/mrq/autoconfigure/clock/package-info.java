/** The clock of MRQ. */
@NullMarked
package io.mrq.autoconfigure.clock;

import org.jspecify.annotations.NullMarked;
