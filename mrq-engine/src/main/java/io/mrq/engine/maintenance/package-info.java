/** Maintenance: what a duty is and the loops that run them. */
@NullMarked
package io.mrq.engine.maintenance;

import org.jspecify.annotations.NullMarked;
