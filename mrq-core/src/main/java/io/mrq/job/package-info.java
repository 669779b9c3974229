/**
 * What a job is: its document, its statuses, the table of its legal moves, and how a run of it may
 * end.
 */
@NullMarked
package io.mrq.job;

import org.jspecify.annotations.NullMarked;
