/** What a user puts into a jar of tasks; it is not part of the worker. */
@NullMarked
package com.example.greetings;

import org.jspecify.annotations.NullMarked;
