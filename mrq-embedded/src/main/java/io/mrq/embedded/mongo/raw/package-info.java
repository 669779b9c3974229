/**
 * Documents, filters, updates and messages as BSON bytes, of which nothing is decoded but what is
 * asked for.
 */
@NullMarked
package io.mrq.embedded.mongo.raw;

import org.jspecify.annotations.NullMarked;
