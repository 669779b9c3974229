@NullMarked
package io.mrq.engine.log;

import org.jspecify.annotations.NullMarked;
