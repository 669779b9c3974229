/** What all tests of the deployment share: where the repository's files are. */
@NullMarked
package io.mrq.deployment;

import org.jspecify.annotations.NullMarked;
