package com.example.mails;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application as a user has it. */
@SpringBootApplication
public class MailsApplication {}
