/** What a store of releases and overrides of tasks does. */
@NullMarked
package io.mrq.test.contract.task;

import org.jspecify.annotations.NullMarked;
