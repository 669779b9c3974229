/** Queues over HTTP: their sizes and rates; pause and resume. */
@NullMarked
package io.mrq.api.queue;

import org.jspecify.annotations.NullMarked;
