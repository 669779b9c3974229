/** Tests of the dispatch index, all on real Redis processes. */
@NullMarked
package io.mrq.redis;

import org.jspecify.annotations.NullMarked;
