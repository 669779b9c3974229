/** All maintenance as an application of its own. */
@NullMarked
package io.mrq.service.scheduler;

import org.jspecify.annotations.NullMarked;
