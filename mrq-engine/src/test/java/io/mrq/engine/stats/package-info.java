@NullMarked
package io.mrq.engine.stats;

import org.jspecify.annotations.NullMarked;
