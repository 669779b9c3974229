/** Tests of the engine on in-memory ports. */
@NullMarked
package io.mrq.loop;

import org.jspecify.annotations.NullMarked;
