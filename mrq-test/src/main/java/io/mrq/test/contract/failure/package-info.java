/** What every port of {@code io.mrq.failure} must do. */
@NullMarked
package io.mrq.test.contract.failure;

import org.jspecify.annotations.NullMarked;
