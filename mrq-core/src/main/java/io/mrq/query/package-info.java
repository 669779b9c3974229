/** Questions about jobs: filters, lists and pages. */
@NullMarked
package io.mrq.query;

import org.jspecify.annotations.NullMarked;
