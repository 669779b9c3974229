/** What every port of {@code io.mrq.log} must do. */
@NullMarked
package io.mrq.test.contract.log;

import org.jspecify.annotations.NullMarked;
