/** Recurring jobs: schedules, their slots, and the port to where they are kept. */
@NullMarked
package io.mrq.schedule;

import org.jspecify.annotations.NullMarked;
