/**
 * Actions on all jobs of a filter: the action, its progress, the port that keeps it and the moves
 * it makes.
 */
@NullMarked
package io.mrq.bulk;

import org.jspecify.annotations.NullMarked;
