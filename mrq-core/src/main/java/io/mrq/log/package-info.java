/** The log lines of jobs: lines, chunks, pages and the port that keeps them. */
@NullMarked
package io.mrq.log;

import org.jspecify.annotations.NullMarked;
