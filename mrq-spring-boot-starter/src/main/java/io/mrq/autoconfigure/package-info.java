/** Joins the parts: client, worker and maintenance as beans of any Spring Boot application. */
@NullMarked
package io.mrq.autoconfigure;

import org.jspecify.annotations.NullMarked;
