/** All maintenance as an application of its own. */
@NullMarked
package io.mrq.scheduler.service;

import org.jspecify.annotations.NullMarked;
