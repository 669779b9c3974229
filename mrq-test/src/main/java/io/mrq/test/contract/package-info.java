/** What every implementation of a port must do: one abstract JUnit class a port, to extend. */
@NullMarked
package io.mrq.test.contract;

import org.jspecify.annotations.NullMarked;
