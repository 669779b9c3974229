/**
 * For applications: {@link JobClient} enqueues jobs and waits for them, {@link JobInspector} looks
 * at them, {@link JobActions} cancels and requeues them. {@link EnqueueEvents}, {@link
 * ActionEvents} and {@link SendTracing} are for those who watch.
 */
@NullMarked
package io.mrq.client;

import org.jspecify.annotations.NullMarked;
