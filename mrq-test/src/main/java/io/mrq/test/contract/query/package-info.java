/** What every port of {@code io.mrq.query} must do. */
@NullMarked
package io.mrq.test.contract.query;

import org.jspecify.annotations.NullMarked;
