/** The dashboard: one page that draws itself in the browser from the public API. */
@NullMarked
package io.mrq.api.dashboard;

import org.jspecify.annotations.NullMarked;
