@NullMarked
package io.mrq.engine.worker;

import org.jspecify.annotations.NullMarked;
