/** API keys: their stored form, and the port that stores them. The API service issues them. */
@NullMarked
package io.mrq.access;

import org.jspecify.annotations.NullMarked;
