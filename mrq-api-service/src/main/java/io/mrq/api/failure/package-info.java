/** Failed jobs in groups over HTTP. */
@NullMarked
package io.mrq.api.failure;

import org.jspecify.annotations.NullMarked;
