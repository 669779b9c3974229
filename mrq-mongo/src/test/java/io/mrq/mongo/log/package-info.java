@NullMarked
package io.mrq.mongo.log;

import org.jspecify.annotations.NullMarked;
