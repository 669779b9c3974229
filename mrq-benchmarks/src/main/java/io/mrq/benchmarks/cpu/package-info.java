/** Parts of a job's way that are only CPU, measured by JMH. */
@NullMarked
package io.mrq.benchmarks.cpu;

import org.jspecify.annotations.NullMarked;
