/** The dashboard: one page, which the browser draws from the public API. */
@NullMarked
package io.mrq.api.dashboard;

import org.jspecify.annotations.NullMarked;
