/**
 * Tests of your own tasks. {@link io.mrq.testing.MrqTest} starts a Spring context that has the
 * tasks of your application and stores of its own; {@link io.mrq.testing.MrqTester} runs jobs there
 * one by one, on a clock that only the test moves. {@link io.mrq.testing.FakeJobContext} calls a
 * task without Spring.
 */
@NullMarked
package io.mrq.testing;

import org.jspecify.annotations.NullMarked;
