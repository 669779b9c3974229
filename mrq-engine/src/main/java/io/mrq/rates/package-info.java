/** Counting what happens, for the charts of people. */
@NullMarked
package io.mrq.rates;

import org.jspecify.annotations.NullMarked;
