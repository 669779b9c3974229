@NullMarked
package io.mrq.event;

import org.jspecify.annotations.NullMarked;
