/** The model of lanes with a limit: acquire, claim, run, complete, release, rescue of permits. */
@NullMarked
package io.mrq.model.lane;

import org.jspecify.annotations.NullMarked;
