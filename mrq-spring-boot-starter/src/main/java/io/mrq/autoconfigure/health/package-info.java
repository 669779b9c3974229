/** Health of the background loops and of the stores. */
@NullMarked
package io.mrq.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
