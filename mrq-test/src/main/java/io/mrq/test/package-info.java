/**
 * The test kit: ports in memory, builders, a clock that tests move, and contract suites for each
 * port.
 */
@NullMarked
package io.mrq.test;

import org.jspecify.annotations.NullMarked;
