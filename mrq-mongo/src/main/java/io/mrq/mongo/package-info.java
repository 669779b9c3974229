/** The ports of {@code io.mrq.store} on MongoDB, with the documents of Python MRQ. */
@NullMarked
package io.mrq.mongo;

import org.jspecify.annotations.NullMarked;
