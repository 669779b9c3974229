/** How a program enqueues, inspects and acts on jobs. */
@NullMarked
package io.mrq.client;

import org.jspecify.annotations.NullMarked;
