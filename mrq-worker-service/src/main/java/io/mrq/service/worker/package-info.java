/** The worker as an application of its own. */
@NullMarked
package io.mrq.service.worker;

import org.jspecify.annotations.NullMarked;
