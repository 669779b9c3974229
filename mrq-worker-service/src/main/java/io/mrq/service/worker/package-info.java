/** The worker service. */
@NullMarked
package io.mrq.service.worker;

import org.jspecify.annotations.NullMarked;
