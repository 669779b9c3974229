/** The port through which interrupted, lost and due jobs are put back to their queues. */
@NullMarked
package io.mrq.recovery;

import org.jspecify.annotations.NullMarked;
