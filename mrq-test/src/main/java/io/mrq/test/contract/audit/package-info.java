/** What every port of {@code io.mrq.audit} must do. */
@NullMarked
package io.mrq.test.contract.audit;

import org.jspecify.annotations.NullMarked;
