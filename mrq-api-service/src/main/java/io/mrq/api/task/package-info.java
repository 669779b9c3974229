/** Tasks over HTTP: what workers publish of them, and settings that administrators override. */
@NullMarked
package io.mrq.api.task;

import org.jspecify.annotations.NullMarked;
