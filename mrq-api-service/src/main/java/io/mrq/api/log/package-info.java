/** Job logs over HTTP. */
@NullMarked
package io.mrq.api.log;

import org.jspecify.annotations.NullMarked;
