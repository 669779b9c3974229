/** The maintenance duties of this process. */
@NullMarked
package io.mrq.autoconfigure.maintenance;

import org.jspecify.annotations.NullMarked;
