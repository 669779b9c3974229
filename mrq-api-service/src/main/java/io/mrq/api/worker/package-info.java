/** Workers over HTTP: list, drain, undrain. */
@NullMarked
package io.mrq.api.worker;

import org.jspecify.annotations.NullMarked;
