/**
 * Where runs are kept: what knows that a run goes on, and what takes its outcome. Today every run
 * has a document, see {@link io.mrq.engine.home.DocumentHome}.
 *
 * <p>Public types are for the other packages of the engine; they are not API.
 */
@NullMarked
package io.mrq.engine.home;

import org.jspecify.annotations.NullMarked;
