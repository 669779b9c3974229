/** Tests of the starter as an application uses it. */
@NullMarked
package io.mrq.autoconfigure;

import org.jspecify.annotations.NullMarked;
