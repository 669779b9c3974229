/** The state of the whole system at a glance: rates, backlog, workers, and what needs attention. */
@NullMarked
package io.mrq.api.overview;

import org.jspecify.annotations.NullMarked;
