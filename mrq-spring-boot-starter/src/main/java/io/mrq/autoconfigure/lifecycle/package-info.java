/** Starts and stops with the application what works in the background. */
@NullMarked
package io.mrq.autoconfigure.lifecycle;

import org.jspecify.annotations.NullMarked;
