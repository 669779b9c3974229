/** The worker of this process: its start, its drain and its end. */
@NullMarked
package io.mrq.autoconfigure.worker;

import org.jspecify.annotations.NullMarked;
