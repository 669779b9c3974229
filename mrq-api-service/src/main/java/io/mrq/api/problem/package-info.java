/** Every refusal and every fault as an RFC 9457 problem, in one place and one shape. */
@NullMarked
package io.mrq.api.problem;

import org.jspecify.annotations.NullMarked;
