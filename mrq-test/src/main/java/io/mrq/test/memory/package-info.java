/** All ports in memory, for tests of the client, of the engine, and of users' own code. */
@NullMarked
package io.mrq.test.memory;

import org.jspecify.annotations.NullMarked;
