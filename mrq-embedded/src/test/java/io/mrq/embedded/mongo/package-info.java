/** Tests of the store below the MongoDB protocol. */
@NullMarked
package io.mrq.embedded.mongo;

import org.jspecify.annotations.NullMarked;
