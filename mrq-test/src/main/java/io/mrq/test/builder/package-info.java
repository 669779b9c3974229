/** Builders and assertions that keep tests short: say what matters, leave out the rest. */
@NullMarked
package io.mrq.test.builder;

import org.jspecify.annotations.NullMarked;
