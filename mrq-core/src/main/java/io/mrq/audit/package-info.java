/** The audit log: its entries, and the port that stores them. The API service writes them. */
@NullMarked
package io.mrq.audit;

import org.jspecify.annotations.NullMarked;
