/**
 * Who may reach the API while it has no accounts: this machine only, and no web page of a stranger.
 */
@NullMarked
package io.mrq.api.access;

import org.jspecify.annotations.NullMarked;
