/** What every port of {@code io.mrq.bulk} must do. */
@NullMarked
package io.mrq.test.contract.bulk;

import org.jspecify.annotations.NullMarked;
