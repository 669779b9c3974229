/** Worker documents and heartbeats on MongoDB, the port of {@code io.mrq.worker}. */
@NullMarked
package io.mrq.mongo.worker;

import org.jspecify.annotations.NullMarked;
