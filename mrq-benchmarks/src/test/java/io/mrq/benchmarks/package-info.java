@NullMarked
package io.mrq.benchmarks;

import org.jspecify.annotations.NullMarked;
