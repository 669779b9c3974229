/** Two versions of somebody's application. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
