/** End-to-end tests on real processes, and the rules of the architecture. */
@NullMarked
package io.mrq.standalone;

import org.jspecify.annotations.NullMarked;
