/** The worker as a whole, on the embedded stores. */
@NullMarked
package io.mrq.worker.service;

import org.jspecify.annotations.NullMarked;
