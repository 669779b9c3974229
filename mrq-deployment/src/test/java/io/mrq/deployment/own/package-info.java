/** Builds as users have them, with MRQ from a Maven repository. */
@NullMarked
package io.mrq.deployment.own;

import org.jspecify.annotations.NullMarked;
