/**
 * The tasks that every worker service knows: an echo, and an HTTP request, by which any language
 * can be called.
 */
@NullMarked
package io.mrq.service.worker.tasks;

import org.jspecify.annotations.NullMarked;
