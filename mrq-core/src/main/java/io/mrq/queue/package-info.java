/** What an operator does with a queue: pause and resume. */
@NullMarked
package io.mrq.queue;

import org.jspecify.annotations.NullMarked;
