/** A server that speaks the MongoDB protocol and keeps its documents in one H2 MVStore file. */
@NullMarked
package io.mrq.embedded.mongo;

import org.jspecify.annotations.NullMarked;
