/** MRQ's stores on the application's clients of MongoDB and Redis. */
@NullMarked
package io.mrq.autoconfigure.store;

import org.jspecify.annotations.NullMarked;
