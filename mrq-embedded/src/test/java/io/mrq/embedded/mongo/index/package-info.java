/** Tests of the indexes. */
@NullMarked
package io.mrq.embedded.mongo.index;

import org.jspecify.annotations.NullMarked;
