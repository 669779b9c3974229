package com.example.mails;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** A bean of the application that has no tasks. */
@Component
class SmtpMailServer implements MailServer {
  @Override
  public void send(String address, String subject) throws IOException {
    throw new IOException("there is no mail server");
  }
}
