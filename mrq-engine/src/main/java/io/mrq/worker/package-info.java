/**
 * The worker: reserves slots, claims jobs, runs them, commits their ends, and proves that it lives.
 */
@NullMarked
package io.mrq.worker;

import org.jspecify.annotations.NullMarked;
