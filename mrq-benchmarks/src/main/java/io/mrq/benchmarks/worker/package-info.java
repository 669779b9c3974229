/**
 * What a worker process gets: tasks that do nothing, and a link to the driver that tells what ran.
 */
@NullMarked
package io.mrq.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
