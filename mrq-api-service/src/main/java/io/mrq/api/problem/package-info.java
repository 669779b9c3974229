/** Every refused or failed request is answered with an RFC 9457 problem, which is written here. */
@NullMarked
package io.mrq.api.problem;

import org.jspecify.annotations.NullMarked;
