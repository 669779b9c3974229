/** Answers that are computed once for all who ask at the same time. */
@NullMarked
package io.mrq.api.shared;

import org.jspecify.annotations.NullMarked;
