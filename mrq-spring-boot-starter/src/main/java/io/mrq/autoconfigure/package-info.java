/**
 * The Spring Boot starter: auto-configurations that make client, worker and maintenance beans of
 * any application, and the properties that set them up. Each feature has a package below this one,
 * and its configuration is what others see of it.
 */
@NullMarked
package io.mrq.autoconfigure;

import org.jspecify.annotations.NullMarked;
