/**
 * Who may do what: on this machine everybody, unless users or keys are configured; from elsewhere
 * only those. Also what browsers are told, so that no stranger's page acts in somebody's name.
 */
@NullMarked
package io.mrq.api.access;

import org.jspecify.annotations.NullMarked;
