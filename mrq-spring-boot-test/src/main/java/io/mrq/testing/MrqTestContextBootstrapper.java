package io.mrq.testing;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Makes the context of a {@link MrqTest}. */
final class MrqTestContextBootstrapper extends TestSliceTestContextBootstrapper<MrqTest> {}
