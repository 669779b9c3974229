/** Lists of jobs on MongoDB. */
@NullMarked
package io.mrq.mongo.query;

import org.jspecify.annotations.NullMarked;
