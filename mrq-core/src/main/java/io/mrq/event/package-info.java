/** Those who watch what MRQ does. */
@NullMarked
package io.mrq.event;

import org.jspecify.annotations.NullMarked;
