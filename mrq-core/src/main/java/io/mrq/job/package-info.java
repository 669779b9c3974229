/**
 * What a job is: its document, its statuses, the table of its transitions, and how a run may end.
 *
 * <p>Applications meet {@link Job}, {@link JobId}, {@link JobStatus}, {@link Retention}, {@link
 * TraceContext}, the plain values of {@link JobValues} and {@link PlainNumbers}, {@link FaultPlace}
 * for exceptions of their own, and {@link InvalidJobException}. The other types are for stores and
 * engines: {@link NewJob} and {@link Completion} are what is written, {@link Claim} and {@link Run}
 * fence the writes of a run, {@link ReadyJob} is what the dispatch index is told.
 */
@NullMarked
package io.mrq.job;

import org.jspecify.annotations.NullMarked;
