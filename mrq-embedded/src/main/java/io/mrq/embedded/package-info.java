/** MongoDB-protocol and Redis stores for a machine that has neither, and how Boot finds them. */
@NullMarked
package io.mrq.embedded;

import org.jspecify.annotations.NullMarked;
