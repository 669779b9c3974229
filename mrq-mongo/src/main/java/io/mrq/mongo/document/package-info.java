/** Reads and writes values of documents. */
@NullMarked
package io.mrq.mongo.document;

import org.jspecify.annotations.NullMarked;
