@NullMarked
package io.mrq.engine.claim;

import org.jspecify.annotations.NullMarked;
