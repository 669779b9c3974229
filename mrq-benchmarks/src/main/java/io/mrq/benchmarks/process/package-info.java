/** The processes that are measured: stores, workers and services, and what they use. */
@NullMarked
package io.mrq.benchmarks.process;

import org.jspecify.annotations.NullMarked;
