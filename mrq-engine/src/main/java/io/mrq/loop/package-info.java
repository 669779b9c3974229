/** A step that repeats in the background and survives every error. */
@NullMarked
package io.mrq.loop;

import org.jspecify.annotations.NullMarked;
