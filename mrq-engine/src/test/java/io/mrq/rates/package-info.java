/** Tests of the counting. */
@NullMarked
package io.mrq.rates;

import org.jspecify.annotations.NullMarked;
