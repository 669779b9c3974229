/** The duty that trims the job logs. */
@NullMarked
package io.mrq.engine.log;

import org.jspecify.annotations.NullMarked;
