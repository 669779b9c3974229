/** Tests of the embedded stores on real files, sockets and processes. */
@NullMarked
package io.mrq.embedded;

import org.jspecify.annotations.NullMarked;
