/** The port to the fast part: which job ids are ready in each queue, and who waits for them. */
@NullMarked
package io.mrq.dispatch;

import org.jspecify.annotations.NullMarked;
