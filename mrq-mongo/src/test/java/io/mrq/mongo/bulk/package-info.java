@NullMarked
package io.mrq.mongo.bulk;

import org.jspecify.annotations.NullMarked;
