/** What a worker tells those who watch it, such as metrics. */
@NullMarked
package io.mrq.engine.event;

import org.jspecify.annotations.NullMarked;
