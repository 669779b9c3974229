@NullMarked
package io.mrq.autoconfigure.store;

import org.jspecify.annotations.NullMarked;
