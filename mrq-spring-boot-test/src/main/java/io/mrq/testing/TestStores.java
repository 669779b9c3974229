package io.mrq.testing;

/** Where the jobs of a test are kept. */
public enum TestStores {
  /** In memory: no process and no file. What MRQ does with jobs is the same as with MongoDB. */
  MEMORY,

  /**
   * In the stores of {@code mrq-embedded}, which must be on the class path of the tests: documents
   * of MongoDB in a temporary folder, and a Redis process. Choose this to test what your code reads
   * from MRQ's collections by itself.
   */
  EMBEDDED
}
