/** Schedules of recurring jobs in memory. */
@NullMarked
package io.mrq.test.memory.schedule;

import org.jspecify.annotations.NullMarked;
