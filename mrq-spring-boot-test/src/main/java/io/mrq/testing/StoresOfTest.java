package io.mrq.testing;

/** The stores of a test. */
interface StoresOfTest {
  /** Deletes everything that MRQ keeps in them. */
  void clear();
}
