/** The indexes of MongoDB as the pages for operators have them. */
@NullMarked
package io.mrq.deployment.index;

import org.jspecify.annotations.NullMarked;
