/** Reading and writing of documents in plain values. */
@NullMarked
package io.mrq.mongo.document;

import org.jspecify.annotations.NullMarked;
