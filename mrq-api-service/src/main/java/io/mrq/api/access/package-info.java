/**
 * Who may do what. Without users and keys, everyone on this machine may do everything; with them,
 * only they may. The package also protects browsers against requests from other sites.
 */
@NullMarked
package io.mrq.api.access;

import org.jspecify.annotations.NullMarked;
