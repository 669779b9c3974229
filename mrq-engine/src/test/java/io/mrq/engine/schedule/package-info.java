@NullMarked
package io.mrq.engine.schedule;

import org.jspecify.annotations.NullMarked;
