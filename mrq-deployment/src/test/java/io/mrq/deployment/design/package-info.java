@NullMarked
package io.mrq.deployment.design;

import org.jspecify.annotations.NullMarked;
