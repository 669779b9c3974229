/** The duties that bring back what was lost, due or interrupted; each in any number of replicas. */
@NullMarked
package io.mrq.maintenance;

import org.jspecify.annotations.NullMarked;
