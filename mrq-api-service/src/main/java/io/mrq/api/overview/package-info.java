/** How the whole system does, at a glance and live. */
@NullMarked
package io.mrq.api.overview;

import org.jspecify.annotations.NullMarked;
