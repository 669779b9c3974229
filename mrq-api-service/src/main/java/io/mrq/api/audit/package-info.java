/** The audit log: who changed what through the API. It is written before and after every change. */
@NullMarked
package io.mrq.api.audit;

import org.jspecify.annotations.NullMarked;
