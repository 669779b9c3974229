/** The dispatch index: which job ids are ready in each queue, and which workers wait for them. */
@NullMarked
package io.mrq.dispatch;

import org.jspecify.annotations.NullMarked;
