/** Internal, not for applications: workers as others see them, and the port that stores them. */
@NullMarked
package io.mrq.worker;

import org.jspecify.annotations.NullMarked;
