/** Who did what through the API. */
@NullMarked
package io.mrq.api.audit;

import org.jspecify.annotations.NullMarked;
