/** The collections, and the calls that many stores share. */
@NullMarked
package io.mrq.mongo.collection;

import org.jspecify.annotations.NullMarked;
