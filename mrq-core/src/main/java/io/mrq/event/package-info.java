/** Internal, not for applications: how listeners are told without harm to what they watch. */
@NullMarked
package io.mrq.event;

import org.jspecify.annotations.NullMarked;
