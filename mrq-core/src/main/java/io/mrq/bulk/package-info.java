/** Bulk actions: a requeue or a cancel of all jobs that pass a filter, and the ports for it. */
@NullMarked
package io.mrq.bulk;

import org.jspecify.annotations.NullMarked;
