/** Job logs: lines, chunks, pages, and the port that stores them. */
@NullMarked
package io.mrq.log;

import org.jspecify.annotations.NullMarked;
