/** Loops that go on after every error, and report their failures. */
@NullMarked
package io.mrq.engine.loop;

import org.jspecify.annotations.NullMarked;
