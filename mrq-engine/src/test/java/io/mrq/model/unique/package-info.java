/** The model of unique keys: who may insert under which id, and when a key may be deleted. */
@NullMarked
package io.mrq.model.unique;

import org.jspecify.annotations.NullMarked;
