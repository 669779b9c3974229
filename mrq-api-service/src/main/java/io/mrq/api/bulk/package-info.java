/** Bulk actions over HTTP: preview, start, watch and stop. A scheduler carries them out. */
@NullMarked
package io.mrq.api.bulk;

import org.jspecify.annotations.NullMarked;
