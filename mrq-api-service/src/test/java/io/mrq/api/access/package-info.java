@NullMarked
package io.mrq.api.access;

import org.jspecify.annotations.NullMarked;
