/** Groups failed jobs on MongoDB, for the queries in {@code io.mrq.mongo.query}. */
@NullMarked
package io.mrq.mongo.failure;

import org.jspecify.annotations.NullMarked;
