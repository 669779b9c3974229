/** The duty that carries out bulk actions. */
@NullMarked
package io.mrq.engine.bulk;

import org.jspecify.annotations.NullMarked;
