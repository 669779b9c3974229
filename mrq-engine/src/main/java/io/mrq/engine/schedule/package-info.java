/** Recurring jobs: the duty that enqueues what schedules ask for. */
@NullMarked
package io.mrq.engine.schedule;

import org.jspecify.annotations.NullMarked;
