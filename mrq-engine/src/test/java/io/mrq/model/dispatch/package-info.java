/** The model of dispatch and recovery: offer, take, claim, run, complete, rescue, reconcile. */
@NullMarked
package io.mrq.model.dispatch;

import org.jspecify.annotations.NullMarked;
