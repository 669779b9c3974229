/** The contract of the store of schedules. */
@NullMarked
package io.mrq.test.contract.schedule;

import org.jspecify.annotations.NullMarked;
