/** What every port of {@code io.mrq.dispatch} must do. */
@NullMarked
package io.mrq.test.contract.dispatch;

import org.jspecify.annotations.NullMarked;
