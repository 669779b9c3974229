/** The job document: its fields, filters, updates and shapes. */
@NullMarked
package io.mrq.mongo.job;

import org.jspecify.annotations.NullMarked;
