/** Bulk actions over HTTP. */
@NullMarked
package io.mrq.api.action;

import org.jspecify.annotations.NullMarked;
