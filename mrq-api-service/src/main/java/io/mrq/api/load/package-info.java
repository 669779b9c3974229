/**
 * Keeps the load within limits when many callers read at the same time: expensive answers are
 * computed once for all of them, and only so many large answers are produced at once.
 */
@NullMarked
package io.mrq.api.load;

import org.jspecify.annotations.NullMarked;
