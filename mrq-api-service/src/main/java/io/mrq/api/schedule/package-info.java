/** Recurring jobs over HTTP: define, show, pause and run schedules. */
@NullMarked
package io.mrq.api.schedule;

import org.jspecify.annotations.NullMarked;
