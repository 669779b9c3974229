/** Workers over HTTP. */
@NullMarked
package io.mrq.api.worker;

import org.jspecify.annotations.NullMarked;
