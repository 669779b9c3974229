/** The jobs that all in-memory ports share, and how they change. */
@NullMarked
package io.mrq.test.memory.job;

import org.jspecify.annotations.NullMarked;
