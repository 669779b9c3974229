/** Workers as the stores see them: their beats, their reports and their summary. */
@NullMarked
package io.mrq.worker;

import org.jspecify.annotations.NullMarked;
