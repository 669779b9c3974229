/** Tests of the engine on in-memory ports. */
@NullMarked
package io.mrq.worker;

import org.jspecify.annotations.NullMarked;
