/** What the maintenance duties ask of the jobs on MongoDB, the port of {@code io.mrq.recovery}. */
@NullMarked
package io.mrq.mongo.recovery;

import org.jspecify.annotations.NullMarked;
