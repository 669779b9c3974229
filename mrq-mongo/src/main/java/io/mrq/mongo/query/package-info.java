/** Lists and counts of jobs on MongoDB, the port of {@code io.mrq.query}. */
@NullMarked
package io.mrq.mongo.query;

import org.jspecify.annotations.NullMarked;
