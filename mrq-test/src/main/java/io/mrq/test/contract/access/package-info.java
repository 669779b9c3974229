/** What every port of {@code io.mrq.access} must do. */
@NullMarked
package io.mrq.test.contract.access;

import org.jspecify.annotations.NullMarked;
