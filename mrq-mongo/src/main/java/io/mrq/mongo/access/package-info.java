/** API keys of services on MongoDB, the port of {@code io.mrq.access}. */
@NullMarked
package io.mrq.mongo.access;

import org.jspecify.annotations.NullMarked;
