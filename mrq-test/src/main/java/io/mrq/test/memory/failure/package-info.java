/** Groups of failed jobs in memory, as the queries ask for them. */
@NullMarked
package io.mrq.test.memory.failure;

import org.jspecify.annotations.NullMarked;
