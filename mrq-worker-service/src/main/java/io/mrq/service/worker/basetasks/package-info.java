/**
 * The base tasks of Python MRQ under their paths, so that schedules and dashboards of Python MRQ
 * get what they ask for. Nothing here is needed for recovery: the maintenance duties do it anyway.
 */
@NullMarked
package io.mrq.service.worker.basetasks;

import org.jspecify.annotations.NullMarked;
