/**
 * Every port of the job store on MongoDB, with the documents of Python MRQ; begin at {@link
 * io.mrq.mongo.MongoStores}.
 */
@NullMarked
package io.mrq.mongo;

import org.jspecify.annotations.NullMarked;
