@NullMarked
package io.mrq.mongo.stats;

import org.jspecify.annotations.NullMarked;
