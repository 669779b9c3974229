/** Tests of the file and its journal. */
@NullMarked
package io.mrq.embedded.mongo.file;

import org.jspecify.annotations.NullMarked;
