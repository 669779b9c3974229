/** Tests of the engine on in-memory ports. */
@NullMarked
package io.mrq.maintenance;

import org.jspecify.annotations.NullMarked;
