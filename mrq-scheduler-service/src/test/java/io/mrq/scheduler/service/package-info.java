/** The scheduler as a whole, on the embedded stores. */
@NullMarked
package io.mrq.scheduler.service;

import org.jspecify.annotations.NullMarked;
