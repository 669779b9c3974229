@NullMarked
package io.mrq.mongo.job;

import org.jspecify.annotations.NullMarked;
