/** The worker: claims jobs, runs each on a thread of its own, and commits their outcomes. */
@NullMarked
package io.mrq.engine.worker;

import org.jspecify.annotations.NullMarked;
