/** What running jobs log: gathered by run, stored in batches, and trimmed when it grows old. */
@NullMarked
package io.mrq.engine.log;

import org.jspecify.annotations.NullMarked;
