/**
 * Internal, not for applications: counts and rates of queues and jobs, and the ports that keep
 * them.
 */
@NullMarked
package io.mrq.stats;

import org.jspecify.annotations.NullMarked;
