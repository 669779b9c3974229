/** The collections with their guarantees, and commands that many stores share. */
@NullMarked
package io.mrq.mongo.collection;

import org.jspecify.annotations.NullMarked;
