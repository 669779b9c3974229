/** Tests of commands as bytes. */
@NullMarked
package io.mrq.embedded.mongo.raw;

import org.jspecify.annotations.NullMarked;
