/**
 * The rows: each starts what it measures, checks that every job ran exactly once, and returns
 * figures.
 */
@NullMarked
package io.mrq.benchmarks.row;

import org.jspecify.annotations.NullMarked;
