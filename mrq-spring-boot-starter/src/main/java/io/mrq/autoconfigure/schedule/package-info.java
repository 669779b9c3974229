/** Recurring jobs: what defines schedules, and what their cron expressions mean. */
@NullMarked
package io.mrq.autoconfigure.schedule;

import org.jspecify.annotations.NullMarked;
