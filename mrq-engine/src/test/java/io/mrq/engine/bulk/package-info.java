@NullMarked
package io.mrq.engine.bulk;

import org.jspecify.annotations.NullMarked;
