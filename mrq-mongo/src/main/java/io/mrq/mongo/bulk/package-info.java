/** Bulk actions and what they do to jobs on MongoDB, the ports of {@code io.mrq.bulk}. */
@NullMarked
package io.mrq.mongo.bulk;

import org.jspecify.annotations.NullMarked;
