@NullMarked
package io.mrq.mongo.recovery;

import org.jspecify.annotations.NullMarked;
