@NullMarked
package io.mrq.mongo.schedule;

import org.jspecify.annotations.NullMarked;
