/** Tests of the test kit itself. */
@NullMarked
package io.mrq.testing;

import org.jspecify.annotations.NullMarked;
