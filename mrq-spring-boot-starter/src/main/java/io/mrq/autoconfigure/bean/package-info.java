/** Chooses among several beans of a type. */
@NullMarked
package io.mrq.autoconfigure.bean;

import org.jspecify.annotations.NullMarked;
