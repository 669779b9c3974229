/** Alert rules and dashboard: their queries ask for what the services really export. */
@NullMarked
package io.mrq.deployment.monitoring;

import org.jspecify.annotations.NullMarked;
