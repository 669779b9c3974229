/**
 * A search through every state of a small model of the dispatch protocol, and the models' tests.
 * {@code docs/design/model.md} says what is modelled.
 */
@NullMarked
package io.mrq.model;

import org.jspecify.annotations.NullMarked;
