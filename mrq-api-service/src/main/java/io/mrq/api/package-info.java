/** The API service: its main class, its configuration and the defaults of its properties. */
@NullMarked
package io.mrq.api;

import org.jspecify.annotations.NullMarked;
