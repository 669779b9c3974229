/** Values that a filter may name, while somebody types. */
@NullMarked
package io.mrq.api.suggestion;

import org.jspecify.annotations.NullMarked;
