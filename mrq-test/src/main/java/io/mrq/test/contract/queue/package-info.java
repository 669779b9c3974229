/** What every port of {@code io.mrq.queue} must do. */
@NullMarked
package io.mrq.test.contract.queue;

import org.jspecify.annotations.NullMarked;
