@NullMarked
package io.mrq.autoconfigure.schedule;

import org.jspecify.annotations.NullMarked;
