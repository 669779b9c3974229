/** The compose file. */
@NullMarked
package io.mrq.deployment.compose;

import org.jspecify.annotations.NullMarked;
