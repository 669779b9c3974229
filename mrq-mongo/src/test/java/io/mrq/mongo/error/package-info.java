@NullMarked
package io.mrq.mongo.error;

import org.jspecify.annotations.NullMarked;
