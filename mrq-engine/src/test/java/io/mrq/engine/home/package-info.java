@NullMarked
package io.mrq.engine.home;

import org.jspecify.annotations.NullMarked;
