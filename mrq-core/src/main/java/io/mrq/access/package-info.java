/**
 * API keys: their documents, the port that keeps them and the client that makes and revokes them.
 */
@NullMarked
package io.mrq.access;

import org.jspecify.annotations.NullMarked;
