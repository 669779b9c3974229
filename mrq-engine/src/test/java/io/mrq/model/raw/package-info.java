/** The model of raw queues, whose params are in Redis alone until a document exists. */
@NullMarked
package io.mrq.model.raw;

import org.jspecify.annotations.NullMarked;
