/** The job store on MongoDB: insert, claim, complete and moves by hand. */
@NullMarked
package io.mrq.mongo.store;

import org.jspecify.annotations.NullMarked;
