/** The audit log on MongoDB, the port of {@code io.mrq.audit}. */
@NullMarked
package io.mrq.mongo.audit;

import org.jspecify.annotations.NullMarked;
