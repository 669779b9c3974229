/**
 * The test kit: ports in memory, builders, a clock to move by hand, and one contract suite a port.
 */
@NullMarked
package io.mrq.test;

import org.jspecify.annotations.NullMarked;
