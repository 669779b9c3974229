package io.mrq.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task of which jobs are parked: a worker of their queue had them and did not know the task, so
 * they wait for one that does.
 *
 * @param queue in which they wait
 * @param path of the task
 * @param noted when a worker parked some, or they were counted; the counts may be as old
 * @param waiting how many they are; 0 if nobody has counted them yet
 * @param oldest since when the first of them has been ready; null if nobody has counted them yet
 */
public record ParkedTask(
    String queue, String path, Instant noted, long waiting, @Nullable Instant oldest) {}
