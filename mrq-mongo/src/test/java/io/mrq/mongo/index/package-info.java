@NullMarked
package io.mrq.mongo.index;

import org.jspecify.annotations.NullMarked;
