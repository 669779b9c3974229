/** Groups of failed jobs on MongoDB, as {@code io.mrq.mongo.query} asks for them. */
@NullMarked
package io.mrq.mongo.failure;

import org.jspecify.annotations.NullMarked;
