@NullMarked
package io.mrq.engine.loop;

import org.jspecify.annotations.NullMarked;
