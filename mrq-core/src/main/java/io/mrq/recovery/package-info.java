/** What the maintenance duties ask of the job store: lost, interrupted, due and expired jobs. */
@NullMarked
package io.mrq.recovery;

import org.jspecify.annotations.NullMarked;
