/** The application that the page on tests shows. */
@NullMarked
package com.example.mails;

import org.jspecify.annotations.NullMarked;
