/**
 * The lease under which a worker claims jobs, and the heartbeat that proves it.
 *
 * <p>Public types are for the other packages of the engine; they are not API.
 */
@NullMarked
package io.mrq.engine.heartbeat;

import org.jspecify.annotations.NullMarked;
