@NullMarked
package io.mrq.engine.maintenance;

import org.jspecify.annotations.NullMarked;
