@NullMarked
package io.mrq.benchmarks.report;

import org.jspecify.annotations.NullMarked;
