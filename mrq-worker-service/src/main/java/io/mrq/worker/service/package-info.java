/** The worker as an application of its own. */
@NullMarked
package io.mrq.worker.service;

import org.jspecify.annotations.NullMarked;
