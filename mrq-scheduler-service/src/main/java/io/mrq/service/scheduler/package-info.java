/** The scheduler service. */
@NullMarked
package io.mrq.service.scheduler;

import org.jspecify.annotations.NullMarked;
