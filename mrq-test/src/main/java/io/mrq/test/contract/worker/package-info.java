/** What every port of {@code io.mrq.worker} must do. */
@NullMarked
package io.mrq.test.contract.worker;

import org.jspecify.annotations.NullMarked;
