/** What every port of {@code io.mrq.store} must do. */
@NullMarked
package io.mrq.test.contract.store;

import org.jspecify.annotations.NullMarked;
