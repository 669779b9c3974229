@NullMarked
package io.mrq.service.worker.tasks;

import org.jspecify.annotations.NullMarked;
