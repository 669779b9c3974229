/**
 * Actions on all jobs that pass a filter: {@link BulkActions} makes and stops them. {@link
 * BulkActionStore} and {@link BulkMoves} are the ports behind it.
 */
@NullMarked
package io.mrq.bulk;

import org.jspecify.annotations.NullMarked;
