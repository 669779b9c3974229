@NullMarked
package io.mrq.api.dashboard;

import org.jspecify.annotations.NullMarked;
