package com.example.mails;

import java.io.IOException;

/** Sends mails. */
public interface MailServer {
  /** Sends one mail. */
  void send(String address, String subject) throws IOException;
}
