/**
 * Who did what: the entries of the audit log, the port that keeps them and the trail that writes
 * them.
 */
@NullMarked
package io.mrq.audit;

import org.jspecify.annotations.NullMarked;
