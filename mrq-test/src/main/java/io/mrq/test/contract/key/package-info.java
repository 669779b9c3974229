/** What every port of {@code io.mrq.key} must do. */
@NullMarked
package io.mrq.test.contract.key;

import org.jspecify.annotations.NullMarked;
