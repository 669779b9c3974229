/** Indexes: which are wanted, and how they are made. */
@NullMarked
package io.mrq.mongo.index;

import org.jspecify.annotations.NullMarked;
