@NullMarked
package io.mrq.engine.complete;

import org.jspecify.annotations.NullMarked;
