/** The built-in tasks against real servers on loopback. */
@NullMarked
package io.mrq.worker.service.tasks;

import org.jspecify.annotations.NullMarked;
