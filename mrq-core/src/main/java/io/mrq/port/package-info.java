/** All ports of a job store together. */
@NullMarked
package io.mrq.port;

import org.jspecify.annotations.NullMarked;
