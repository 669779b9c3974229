/** What every port of {@code io.mrq.stats} must do. */
@NullMarked
package io.mrq.test.contract.stats;

import org.jspecify.annotations.NullMarked;
