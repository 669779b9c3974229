/** Tests of the stores on a MongoDB-protocol server. */
@NullMarked
package io.mrq.mongo;

import org.jspecify.annotations.NullMarked;
