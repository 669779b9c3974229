/**
 * The maps in which all documents and index entries lie: one file with its journal, the order of
 * keys, and the gate through which all writes go.
 */
@NullMarked
package io.mrq.embedded.mongo.file;

import org.jspecify.annotations.NullMarked;
