/** Bulk actions over HTTP. */
@NullMarked
package io.mrq.api.bulk;

import org.jspecify.annotations.NullMarked;
