/** What workers publish of their tasks, and the settings that administrators override. */
@NullMarked
package io.mrq.mongo.task;

import org.jspecify.annotations.NullMarked;
