/** The document of a job: its fields, shapes, filters and updates. */
@NullMarked
package io.mrq.mongo.job;

import org.jspecify.annotations.NullMarked;
