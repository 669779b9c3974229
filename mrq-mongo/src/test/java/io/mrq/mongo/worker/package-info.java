@NullMarked
package io.mrq.mongo.worker;

import org.jspecify.annotations.NullMarked;
