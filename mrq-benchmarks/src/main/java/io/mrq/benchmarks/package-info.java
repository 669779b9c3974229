/** The command ./bench: its options, and the rows that it measures one after the other. */
@NullMarked
package io.mrq.benchmarks;

import org.jspecify.annotations.NullMarked;
