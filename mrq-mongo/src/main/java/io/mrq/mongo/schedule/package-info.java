/** Schedules of recurring jobs on MongoDB. */
@NullMarked
package io.mrq.mongo.schedule;

import org.jspecify.annotations.NullMarked;
