/** What Python MRQ does, what this suite does of it, and which tests show it. */
@NullMarked
package io.mrq.deployment.behaviours;

import org.jspecify.annotations.NullMarked;
