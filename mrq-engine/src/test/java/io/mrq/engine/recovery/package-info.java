@NullMarked
package io.mrq.engine.recovery;

import org.jspecify.annotations.NullMarked;
