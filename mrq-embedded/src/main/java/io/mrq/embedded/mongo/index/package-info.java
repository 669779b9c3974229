/** Indexes: their entries, and how a query finds documents, counts and groups by them. */
@NullMarked
package io.mrq.embedded.mongo.index;

import org.jspecify.annotations.NullMarked;
