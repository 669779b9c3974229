/**
 * The built-in tasks: an echo, and an HTTP call, with which jobs can be written in any language.
 */
@NullMarked
package io.mrq.service.worker.tasks;

import org.jspecify.annotations.NullMarked;
