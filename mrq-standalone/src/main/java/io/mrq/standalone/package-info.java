/** The three services in one process on the embedded stores. */
@NullMarked
package io.mrq.standalone;

import org.jspecify.annotations.NullMarked;
