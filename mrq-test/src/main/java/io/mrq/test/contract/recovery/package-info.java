/** What every port of {@code io.mrq.recovery} must do. */
@NullMarked
package io.mrq.test.contract.recovery;

import org.jspecify.annotations.NullMarked;
