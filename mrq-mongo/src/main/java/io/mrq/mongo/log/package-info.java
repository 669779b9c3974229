/** Log lines of jobs on MongoDB, the port of {@code io.mrq.log}. */
@NullMarked
package io.mrq.mongo.log;

import org.jspecify.annotations.NullMarked;
