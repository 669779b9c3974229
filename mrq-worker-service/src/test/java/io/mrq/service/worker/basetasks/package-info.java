@NullMarked
package io.mrq.service.worker.basetasks;

import org.jspecify.annotations.NullMarked;
