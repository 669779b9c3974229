@NullMarked
package io.mrq.engine.run;

import org.jspecify.annotations.NullMarked;
