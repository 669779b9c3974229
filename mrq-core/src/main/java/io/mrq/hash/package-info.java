/** Internal, not for applications: the one hash that MRQ uses. */
@NullMarked
package io.mrq.hash;

import org.jspecify.annotations.NullMarked;
