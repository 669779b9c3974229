/** What waiting for jobs does on every store. */
@NullMarked
package io.mrq.test.contract.await;

import org.jspecify.annotations.NullMarked;
