/** Loops that survive every error and tell what they suffer. */
@NullMarked
package io.mrq.engine.loop;

import org.jspecify.annotations.NullMarked;
